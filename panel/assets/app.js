import { initAll as startGovuk } from './govuk-frontend.min.js'
import { initAll as startMoj } from './moj-frontend.min.js'

startGovuk()
startMoj()

// Warn before leaving a page with typing that is not saved: <form data-warn-unsaved>, "kept" when an earlier page had it.
const watched = document.querySelectorAll('form[data-warn-unsaved]')
let unsaved = document.querySelector('[data-warn-unsaved=kept]') !== null
  || (watched.length > 0 && document.querySelector('.govuk-error-summary') !== null)
for (const form of watched) {
  form.addEventListener('input', () => { unsaved = true })
  form.addEventListener('submit', () => { unsaved = false })
}
window.addEventListener('beforeunload', (event) => { if (unsaved) event.preventDefault() })

// Save while one writes: <form data-autosave> with a <p role="status" data-saved>; the button works without all this.
const PAUSE = 2500
function freshKey () {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_')
}
function startAutosave (form) {
  const said = form.querySelector('[data-saved]')
  let timer = null
  let saving = null
  let typed = 0
  let stopped = false

  const save = async () => {
    const before = typed
    const body = new FormData(form)
    body.set('act_key', freshKey())
    try {
      const reply = await fetch(form.action, { method: 'POST', body: new URLSearchParams(body), headers: { 'X-Autosave': '1' } })
      const isAnswer = (reply.headers.get('Content-Type') || '').startsWith('application/json')
      if (reply.ok && isAnswer) {
        const { saved, version } = await reply.json()
        form.querySelector('[name=version]').value = version
        if (before === typed) unsaved = false
        said.textContent = `Saved at ${saved}`
        return
      }
      stopped = reply.status === 409 || (reply.ok && !isAnswer)
      said.textContent = reply.status === 409
        ? 'Not saved: this page was changed in another window. Press the save button to see both texts.'
        : 'Not saved yet. Press the save button to see why.'
    } catch {
      said.textContent = 'Not saved yet: there is no connection. It is tried again while you write.'
    }
  }
  const soon = () => {
    typed += 1
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => { saving = save().finally(() => { saving = null }) }, PAUSE)
  }
  form.addEventListener('input', soon)
  // The button waits for a save that is under way, or it would meet its own text as somebody else's.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    if (saving === null) return
    event.preventDefault()
    const button = event.submitter
    saving.then(() => { form.requestSubmit(button) })
  })
}
for (const form of document.querySelectorAll('form[data-autosave]')) startAutosave(form)

// A page that comes back from the browser's memory is asked for again: a tablet may have changed hands.
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })

// Print buttons: <button type="button" data-print>.
for (const button of document.querySelectorAll('[data-print]')) {
  button.addEventListener('click', () => window.print())
}

// Signatures: each drawing is posted in its hidden field as a PNG data URL.
async function startSignatures (blocks) {
  const { default: SignaturePad } = await import('./signature_pad.min.js')
  for (const block of blocks) {
    const canvas = block.querySelector('canvas')
    const value = block.querySelector('input[type=hidden]')
    const said = block.querySelector('[role=status]')
    const pad = new SignaturePad(canvas, { backgroundColor: 'rgb(255,255,255)', penColor: 'rgb(0,0,90)', minWidth: 1, maxWidth: 3 })

    const fit = () => {
      const ratio = Math.min(window.devicePixelRatio || 1, 2)
      const width = Math.round(canvas.clientWidth * ratio)
      if (width === canvas.width) return
      const strokes = pad.toData()
      canvas.width = width
      canvas.height = Math.round(canvas.clientHeight * ratio)
      canvas.getContext('2d').scale(ratio, ratio)
      pad.clear()
      pad.fromData(strokes)
    }
    const keep = () => {
      value.value = pad.isEmpty() ? '' : pad.toDataURL('image/png')
      value.dispatchEvent(new Event('input', { bubbles: true }))
      said.textContent = pad.isEmpty() ? 'The box is empty.' : 'Signed.'
    }

    pad.addEventListener('endStroke', keep)
    block.querySelector('[data-clear]').addEventListener('click', () => { pad.clear(); keep() })
    new ResizeObserver(fit).observe(canvas)
    fit()
  }
}
const signatures = document.querySelectorAll('[data-signature]')
if (signatures.length) startSignatures(signatures)

// What changes while the panel talks: <div data-live="address"> asks for its part anew, as long as somebody looks.
const LIVE = 4000
const SLOWEST = 60000
function startLive (box) {
  const said = document.querySelector('[data-live-said]')
  const link = document.querySelector('[data-live-link]')
  let wait = LIVE
  let timer = null
  const part = () => box.querySelector('[data-live-part]')
  const stop = (words) => {
    clearTimeout(timer)
    timer = null
    link.hidden = false
    said.textContent = words
    said.classList.remove('govuk-visually-hidden')
  }
  const show = (text) => {
    const before = part().dataset.said
    const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-live-part]')
    box.replaceChildren(fresh)
    if (fresh.dataset.said !== before) said.textContent = fresh.dataset.said
  }
  const ask = async () => {
    try {
      const reply = await fetch(`${box.dataset.live}?live=${encodeURIComponent(part().dataset.mark)}`)
      if (reply.status === 205) { location.reload(); return }
      if (reply.redirected || !reply.ok) { stop('This page no longer shows what is new.'); return }
      wait = LIVE
      if (reply.status === 200) show(await reply.text())
    } catch {
      wait = Math.min(wait * 2, SLOWEST)
    }
    soon()
  }
  const soon = () => {
    clearTimeout(timer)
    // Nothing is changed under the hand of somebody who is in this part, nor asked for a page that nobody sees.
    timer = setTimeout(() => { if (document.hidden || box.contains(document.activeElement)) soon(); else ask() }, wait)
  }
  document.addEventListener('visibilitychange', () => { if (!document.hidden && timer !== null) { clearTimeout(timer); ask() } })
  link.hidden = true
  soon()
}
for (const box of document.querySelectorAll('[data-live]')) startLive(box)
