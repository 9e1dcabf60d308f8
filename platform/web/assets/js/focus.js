// What matters on a picture, said with a pointer or by arrows (ui/focus.html); the two fields below
// hold the same in per cent, so that it works without scripts, too.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

for (const block of document.querySelectorAll('[data-focus]')) begin(block)

function begin (block) {
  const picture = block.querySelector('svg')
  const dot = picture.querySelector('circle')
  const whole = picture.querySelector('image').href.baseVal
  const fields = block.dataset.focus.split(' ').map(name => block.closest('form').elements[name])
  const { width, height } = picture.viewBox.baseVal
  const bounded = share => Math.min(100, Math.max(0, Math.round(share)))

  function redraw () {
    const [across, down] = fields.map(field => bounded(Number(field.value) || 0))
    dot.setAttribute('cx', width * across / 100)
    dot.setAttribute('cy', height * down / 100)
    for (const image of block.querySelectorAll('img')) {
      if (image.getAttribute('src') !== whole) image.src = whole
      image.style.objectPosition = `${across}% ${down}%`
      image.parentElement.hidden = false
    }
  }

  function move (shares) {
    fields.forEach((field, n) => { field.value = bounded(shares[n]) })
    redraw()
  }

  function point (event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse())
    move([100 * at.x / width, 100 * at.y / height])
  }

  picture.addEventListener('pointerdown', event => {
    if (event.button) return
    picture.setPointerCapture(event.pointerId)
    point(event)
  })
  picture.addEventListener('pointermove', event => { if (picture.hasPointerCapture(event.pointerId)) point(event) })
  picture.addEventListener('keydown', event => {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    move(fields.map((field, n) => Number(field.value) + step[n] * (event.shiftKey ? 10 : 1)))
  })
  for (const field of fields) field.addEventListener('input', redraw)
  picture.setAttribute('role', 'application')
  picture.tabIndex = 0
  block.classList.add('is-live')
  block.querySelector('[data-focus-hint]').hidden = false
}
