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

// A phone goes straight to its camera; chosen from its files a paper may be a PDF, too.
for (const block of document.querySelectorAll('[data-camera]')) {
  // By its form: the kit gives the id of the field to a button of its own.
  const input = block.closest('form').querySelector('input[type=file][data-smaller]')
  if (!input || !matchMedia('(pointer: coarse)').matches) continue
  const { accept } = input
  const put = () => { input.accept = accept; input.removeAttribute('capture') }
  block.hidden = false
  block.querySelector('button').addEventListener('click', () => {
    input.accept = 'image/*'
    input.setAttribute('capture', 'environment')
    input.click()
  })
  for (const name of ['change', 'cancel']) input.addEventListener(name, put)
}
