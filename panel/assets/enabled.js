// Loaded first in the body: tells the style sheets and components that JavaScript runs.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
