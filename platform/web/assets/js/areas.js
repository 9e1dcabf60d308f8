// Rectangles drawn on a picture with a pointer (ui/areas.html); the field below holds the same as
// numbers, a line each, so that it works by keyboard and without scripts, too.
const line = /^\s*(\d{1,3}(?:[.,]\d{1,2})?)[\s;]+(\d{1,3}(?:[.,]\d{1,2})?)[\s;]+(\d{1,3}(?:[.,]\d{1,2})?)[\s;]+(\d{1,3}(?:[.,]\d{1,2})?)\s*$/
const LEAST = 1 // per cent: less was no drawing

for (const block of document.querySelectorAll('[data-areas]')) {
  begin(block, block.closest('form').querySelector(`[name="${block.dataset.areas}"]`))
}

// Drawing on one picture; `change` is told the rectangles of the field after each act.
export function begin (block, field, change = () => {}) {
  const picture = block.querySelector('svg')
  const drawn = picture.querySelector('[data-drawn]')
  const tools = block.querySelector('[data-areas-tools]')
  const { width, height } = picture.viewBox.baseVal
  let from = null
  let moving = null

  function rectangle (left, top, wide, high) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
    const sizes = { x: left * width / 100, y: top * height / 100, width: wide * width / 100, height: high * height / 100 }
    for (const [name, value] of Object.entries(sizes)) made.setAttribute(name, value)
    return made
  }

  function redraw () {
    const found = field.value.split('\n').map(text => line.exec(text)).filter(Boolean)
    const areas = found.map(match => match.slice(1).map(number => Number(number.replace(',', '.'))))
    drawn.replaceChildren(...areas.map(area => rectangle(...area)))
    return areas
  }

  function spot (event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse())
    return [at.x / width, at.y / height].map(share => Math.min(100, Math.max(0, share * 100)))
  }

  const between = to => [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])]

  picture.addEventListener('pointerdown', event => {
    if (event.button) return
    event.preventDefault()
    picture.setPointerCapture(event.pointerId)
    from = spot(event)
    moving = null
  })
  picture.addEventListener('pointermove', event => {
    if (!from) return
    moving?.remove()
    moving = rectangle(...between(spot(event)))
    drawn.append(moving)
  })
  picture.addEventListener('pointerup', event => {
    if (!from) return
    const area = between(spot(event))
    from = null
    if (area[2] >= LEAST && area[3] >= LEAST) {
      field.value = [field.value.trimEnd(), area.map(number => number.toFixed(1)).join(' ')].filter(Boolean).join('\n')
    }
    change(redraw())
  })
  picture.addEventListener('pointercancel', () => { from = null; redraw() })
  block.querySelector('[data-undo]').addEventListener('click', () => {
    field.value = field.value.trimEnd().split('\n').slice(0, -1).join('\n')
    change(redraw())
  })
  field.addEventListener('input', () => change(redraw()))
  block.classList.add('is-live')
  tools.hidden = false
  redraw()
}
