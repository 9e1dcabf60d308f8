// Photographs of papers are made smaller before they are sent: the line of a village is thin.
// Without scripts they are sent as they are.
import { holdWhile, shrink } from './smaller.js'

for (const input of document.querySelectorAll('input[type=file][data-smaller]')) {
  let working = null
  input.addEventListener('change', () => {
    working = shrink(input).catch(() => {}).finally(() => { working = null })
  })
  holdWhile(() => working, input.form)
}
