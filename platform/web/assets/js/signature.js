// A signature written with a finger, a pen or a mouse on an svg (ui/signature.html). Its path, in the
// units of the svg, is what the field holds. Without scripts the page leads to the paper.
const STEP = 3 // units between two points
const MOST = 16000 // letters of a path

for (const block of document.querySelectorAll('[data-signature]')) begin(block)
for (const part of document.querySelectorAll('[data-signing]')) part.hidden = part.dataset.signing !== 'on'

function begin (block) {
  const box = block.querySelector('svg')
  const line = box.querySelector('path')
  const field = block.querySelector('input')
  const { width, height } = box.viewBox.baseVal
  let last = null

  function put (path) {
    field.value = path
    line.setAttribute('d', path)
  }

  function at (event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(box.getScreenCTM().inverse())
    return [[point.x, width], [point.y, height]].map(([place, end]) => Math.min(end, Math.max(0, Math.round(place))))
  }

  box.addEventListener('pointerdown', event => {
    if (event.button || field.value.length > MOST) return
    event.preventDefault()
    box.setPointerCapture(event.pointerId)
    last = at(event)
    put(`${field.value}M${last.join(' ')} ${last.join(' ')}`) // a point is a line of no length
  })
  box.addEventListener('pointermove', event => {
    if (!last || !box.hasPointerCapture(event.pointerId) || field.value.length > MOST) return
    const next = at(event)
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) < STEP) return
    last = next
    put(`${field.value} ${last.join(' ')}`)
  })
  block.querySelector('button').addEventListener('click', () => put(''))
}
