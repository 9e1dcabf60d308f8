// A place told on a map of ours (ui/place_picker.html): a tap, or arrows and Enter, put degrees into
// the field above it. Without scripts the map is not there and the numbers are typed.
const MOST = 32 // times nearer
const NEAR = 8 // at a village: some four kilometres from edge to edge
const STEPS = 40 // of an arrow, from edge to edge
const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
const read = /^\s*(\d{2}[.,]\d{2,15})\s*[,;]?\s+(\d{2}[.,]\d{2,15})\s*$/

for (const block of document.querySelectorAll('[data-pick]')) begin(block)

function begin (block) {
  const map = block.querySelector('svg')
  const form = block.closest('form')
  const field = form.querySelector(`[name="${block.dataset.pick}"]`)
  const mark = map.querySelector('.ob-pick__here')
  const scale = Object.fromEntries(Object.entries(map.dataset).map(([name, text]) => [name, Number(text)]))
  const villages = [...map.querySelectorAll('[data-village]')].map(group => (
    { group, code: group.dataset.village, name: group.dataset.name, x: Number(group.dataset.x), y: Number(group.dataset.y) }
  ))
  const [, , width, height] = map.getAttribute('viewBox').split(' ').map(Number)
  const words = name => block.querySelector(`template[data-${name}]`).content.textContent
  const at = { x: width / 2, y: height / 2, zoom: 1, middle: { x: width / 2, y: height / 2 } }

  function look (middle, zoom) {
    at.zoom = Math.min(MOST, Math.max(1, zoom))
    const [wide, high] = [width / at.zoom, height / at.zoom]
    const inside = (value, half, most) => Math.min(most - half, Math.max(half, value))
    at.middle = { x: inside(middle.x, wide / 2, width), y: inside(middle.y, high / 2, height) }
    map.setAttribute('viewBox', [at.middle.x - wide / 2, at.middle.y - high / 2, wide, high].join(' '))
    map.style.setProperty('--zoom', at.zoom)
    map.classList.toggle('is-near', at.zoom > 2)
    draw()
  }

  function draw () {
    mark.setAttribute('transform', `translate(${at.x} ${at.y}) scale(${1 / at.zoom})`)
  }

  function move (x, y) {
    at.x = Math.min(width, Math.max(0, x))
    at.y = Math.min(height, Math.max(0, y))
    mark.removeAttribute('data-off')
    const off = Math.max(Math.abs(at.x - at.middle.x) / width, Math.abs(at.y - at.middle.y) / height)
    off * at.zoom > 0.42 ? look(at, at.zoom) : draw()
    say()
  }

  function where () {
    const apart = one => Math.hypot(one.x - at.x, one.y - at.y)
    const nearest = villages.reduce((best, one) => apart(one) < apart(best) ? one : best)
    const metres = apart(nearest) / scale.kilometre * 1000
    if (metres < 75) return words('middle').replace('{name}', nearest.name)
    const turn = Math.atan2(at.x - nearest.x, nearest.y - at.y) / Math.PI * 4
    const way = words('ways').split(',')[(Math.round(turn) + 8) % 8]
    const isFar = metres > 975
    const number = isFar ? Math.round(metres / 100) / 10 : Math.round(metres / 50) * 50
    const told = number.toLocaleString(document.documentElement.lang)
    return words(isFar ? 'kilometres' : 'metres').replace('{name}', nearest.name).replace('{n}', told).replace('{way}', way)
  }

  function say (more = '') {
    block.querySelector('[data-pick-said]').textContent = `${where()}. ${more}`
  }

  // The fifth digit is a metre.
  function take () {
    if (mark.hasAttribute('data-off')) move(at.middle.x, at.middle.y)
    const latitude = scale.north - (at.y - scale.edge) / scale.down
    const longitude = scale.west + (at.x - scale.left) / scale.across
    field.value = [latitude, longitude].map(degrees => degrees.toFixed(5)).join(', ')
    field.dispatchEvent(new Event('input', { bubbles: true }))
    say(words('taken'))
  }

  function show () {
    const found = read.exec(field.value)
    if (!found) return false
    const [latitude, longitude] = [found[1], found[2]].map(text => Number(text.replace(',', '.')))
    const x = scale.left + (longitude - scale.west) * scale.across
    const y = scale.edge + (scale.north - latitude) * scale.down
    if (x < 0 || y < 0 || x > width || y > height) return false
    look({ x, y }, Math.max(at.zoom, NEAR))
    move(x, y)
    return true
  }

  function approach (code) {
    const village = villages.find(one => one.code === code)
    if (village) look(village, NEAR)
  }

  map.addEventListener('click', event => {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse())
    move(spot.x, spot.y)
    take()
  })
  map.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const way = MOVES[event.key]
    const step = width / at.zoom / STEPS
    if (way) {
      const from = mark.hasAttribute('data-off') ? at.middle : at
      move(from.x + way[0] * step, from.y + way[1] * step)
    } else if (event.key === 'Enter') take()
    else if (event.key === '+' || event.key === '=') zoom(2)
    else if (event.key === '-') zoom(0.5)
    else return
    event.preventDefault()
  })
  const zoom = times => look(mark.hasAttribute('data-off') ? at.middle : at, at.zoom * times)
  block.querySelector('[data-nearer]').addEventListener('click', () => zoom(2))
  block.querySelector('[data-farther]').addEventListener('click', () => zoom(0.5))
  block.querySelector('[data-take]').addEventListener('click', take)
  field.addEventListener('change', show)
  const chooser = block.dataset.chooser && form.querySelector(`[name="${block.dataset.chooser}"]`)
  if (chooser) chooser.addEventListener('change', () => approach(chooser.value))
  block.hidden = false
  look(at.middle, 1)
  if (!show()) approach(block.dataset.at || (chooser && chooser.value))
}
