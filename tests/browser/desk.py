"""A person of the demonstration at a desk: signs in, opens, fills, presses, and checks each page with axe."""

from datetime import date

from playwright.sync_api import Page, expect

from panel.demo import PASSWORD
from panel.demo.people import address
from tests.support.browsing import axe, screenshot


class Desk:
    """One person in one window; `look` checks the page for barriers and keeps a picture."""

    def __init__(self, page: Page, key: str) -> None:
        self.page, self.key, self.pictures = page, key, 0
        page.goto("/sign-in")
        page.get_by_label("Email address").fill(address(key))
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")

    def look(self, heading: str) -> "Desk":
        """The page says this in its heading, and nothing on it is a barrier."""
        try:
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        except AssertionError as trouble:
            said = self.page.locator(".govuk-error-summary").all_inner_texts()
            raise AssertionError(f"{trouble}\nThe page says: {said}") from trouble
        axe(self.page)
        self.pictures += 1
        screenshot(self.page, f"story-{self.key}-{self.pictures:02}")
        return self

    def open(self, path: str) -> "Desk":
        """Open an address."""
        self.page.goto(path)
        return self

    def case(self, reference: str) -> "Desk":
        """Open a case by its reference."""
        return self.open(f"/cases/{reference}")

    def follow(self, words: str) -> "Desk":
        """Click a link."""
        self.page.get_by_role("link", name=words).first.click()
        return self

    def press(self, words: str) -> "Desk":
        """Press a button; a link that looks like one counts."""
        button = self.page.get_by_role("button", name=words, exact=True)
        (button.or_(self.page.get_by_role("link", name=words, exact=True))).first.click()
        return self

    def type(self, **texts: str) -> "Desk":
        """Type into fields by their names."""
        for name, text in texts.items():
            self.page.locator(f'main [name="{name}"]').fill(text)
        return self

    def choose(self, **values: str) -> "Desk":
        """Choose radio buttons by their names and values."""
        for name, value in values.items():
            self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        return self

    def pick(self, **labels: str) -> "Desk":
        """Pick from drop-downs or radio buttons by what a person reads there, or its beginning."""
        for name, label in labels.items():
            box = self.page.locator(f'main select[name="{name}"]')
            if box.count():
                texts = box.locator("option").all_inner_texts()
                box.select_option(label=next(text for text in texts if text.startswith(label)))
            else:
                buttons = self.page.locator("main .govuk-radios__item").filter(
                    has=self.page.locator(f'input[name="{name}"]')
                )
                buttons.filter(has_text=label).first.locator("input").check()
        return self

    def tick(self, *names: str) -> "Desk":
        """Tick boxes by their names."""
        for name in names:
            self.page.locator(f'main input[type=checkbox][name="{name}"]').check()
        return self

    def tick_all(self, *names: str) -> "Desk":
        """Tick every box of these names that is on the page."""
        for name in names:
            for box in self.page.locator(f'main input[type=checkbox][name="{name}"]').all():
                box.check()
        return self

    def because(self, why: str) -> "Desk":
        """Give this reason wherever the page says that guidance stands against it."""
        for box in self.page.locator('main textarea[name^="override-"]').all():
            box.fill(why)
        return self

    def insist(self, why: str) -> "Desk":
        """When the page asks for reasons because guidance stands against it, give one and send it."""
        if self.page.get_by_role("button", name="Go on with these reasons").count():
            self.because(why).press("Go on with these reasons")
        return self

    def day(self, **days: date) -> "Desk":
        """Fill in dates: day, month and year."""
        for name, day in days.items():
            for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
                self.page.locator(f"#{name}-{part}").fill(str(value))
        return self

    def draw(self, name: str) -> "Desk":
        """Sign with the mouse in the box of this name."""
        box = self.page.locator("[data-signature]", has=self.page.locator(f'[name="{name}"]')).locator(
            "canvas"
        )
        box.scroll_into_view_if_needed()
        place = box.bounding_box()
        assert place is not None
        self.page.mouse.move(place["x"] + 20, place["y"] + 40)
        self.page.mouse.down()
        for step in range(1, 8):
            self.page.mouse.move(place["x"] + 20 + step * 15, place["y"] + 40 + (step % 2) * 25)
        self.page.mouse.up()
        return self

    def reads(self, words: str) -> "Desk":
        """These words are on the page."""
        expect(self.page.locator("main")).to_contain_text(words)
        return self
