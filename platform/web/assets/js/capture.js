// What a phone knows, offered in a form: where it stands, where a photograph was taken. Photographs
// are made smaller before they are sent; without scripts all of it is typed and sent as it is.
import { coverInWork, offerToCover } from './cover.js'
import { placeOf } from './exif.js'
import { holdWhile, shrink } from './smaller.js'

const MOST = 25e6 // bytes of one form
const here = document.querySelector('[data-capture]')
const photos = document.querySelector('[data-photos]')
const form = (here || photos)?.closest('form')
const point = form?.querySelector('[name=point]')
const files = form?.querySelector('input[type=file]')
const words = (block, name) => block.querySelector(`template[data-${name}]`).content.textContent

// As one types it; the fifth digit is a metre.
function put (place) {
  point.value = place.map(degrees => degrees.toFixed(5)).join(', ')
  for (const name of ['input', 'change']) point.dispatchEvent(new Event(name, { bubbles: true }))
}

function tell (block, name) {
  block.querySelector('[role=status]').textContent = words(block, name)
}

if (here && 'geolocation' in navigator) {
  here.hidden = false
  here.querySelector('[data-here]').addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      put([coords.latitude, coords.longitude])
      tell(here, 'taken')
    }, () => tell(here, 'failed'), { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 })
  })
}

// The place is read before the picture is drawn anew: after that it is gone, from here as well.
async function look () {
  const chosen = [...files.files]
  const places = await Promise.all(chosen.map(placeOf))
  offer(places.find(Boolean))
  const made = await shrink(files)
  const size = made.reduce((sum, file) => sum + file.size, 0)
  photos.querySelector('[data-photos-said]').textContent = size > MOST
    ? words(photos, 'large')
    : made.some((file, number) => file !== chosen[number]) ? words(photos, 'smaller') : ''
  await offerToCover(made)
}

function offer (place) {
  const button = photos.querySelector('[data-photo-place]')
  button.hidden = !place
  button.onclick = () => {
    put(place)
    button.hidden = true
    point.focus()
  }
}

if (photos && files) {
  let working = null
  photos.hidden = false
  files.addEventListener('change', () => {
    working = look().catch(() => {}).finally(() => { working = null })
  })
  holdWhile(() => working || coverInWork(), form)
}
