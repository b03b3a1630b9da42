import { initAll as startGovuk } from './govuk-frontend.min.js'
import { initAll as startMoj } from './moj-frontend.min.js'

startGovuk()
startMoj()

// Warn before leaving a page with typing that is not saved: <form data-warn-unsaved>.
const watched = document.querySelectorAll('form[data-warn-unsaved]')
let unsaved = watched.length > 0 && document.querySelector('.govuk-error-summary') !== null
for (const form of watched) {
  form.addEventListener('input', () => { unsaved = true })
  form.addEventListener('submit', () => { unsaved = false })
}
window.addEventListener('beforeunload', (event) => { if (unsaved) event.preventDefault() })

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
