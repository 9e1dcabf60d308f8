// Faces and number plates covered by finger before a photograph is sent: what lies under the
// rectangles never leaves the phone. Without scripts a tick asks the staff to do it.
import { begin } from './areas.js'

const block = document.querySelector('[data-cover]')
const files = block?.closest('form').querySelector('input[type=file]')
const PREVIEW = 1000 // points of the longer side, on the page alone
let working = null // while a photograph is drawn anew
export const coverInWork = () => working

async function canvasOf (file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('2d').drawImage(bitmap, 0, 0)
  bitmap.close()
  return canvas
}

function previewOf (canvas) {
  const scale = Math.min(1, PREVIEW / Math.max(canvas.width, canvas.height))
  const small = document.createElement('canvas')
  small.width = Math.round(canvas.width * scale)
  small.height = Math.round(canvas.height * scale)
  small.getContext('2d').drawImage(canvas, 0, 0, small.width, small.height)
  return small.toDataURL('image/jpeg', 0.8)
}

// The file with these rectangles, in per cent of the picture, under one plain colour.
async function covered (file, areas) {
  if (!areas.length) return file
  const canvas = await canvasOf(file)
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#404040'
  for (const [left, top, wide, high] of areas) {
    pen.fillRect(left * canvas.width / 100, top * canvas.height / 100, wide * canvas.width / 100, high * canvas.height / 100)
  }
  const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  return new File([blob], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg' })
}

function put (made) {
  const held = new DataTransfer()
  made.forEach(file => held.items.add(file))
  files.files = held.files
}

// One picture to draw on; `change` is told its rectangles.
function show (canvas, change) {
  const one = block.querySelector('template').content.cloneNode(true).firstElementChild
  const picture = one.querySelector('svg')
  picture.setAttribute('viewBox', `0 0 ${canvas.width} ${canvas.height}`)
  const image = picture.querySelector('image')
  image.setAttribute('href', previewOf(canvas))
  image.setAttribute('width', canvas.width)
  image.setAttribute('height', canvas.height)
  block.append(one)
  begin(one, one.querySelector('textarea'), change)
}

// Called with the photographs as they will be sent; the promise ends when all can be drawn on.
export async function offerToCover (chosen) {
  if (!block || !files) return
  block.querySelectorAll('[data-areas]').forEach(one => one.remove())
  block.hidden = !chosen.length
  const areas = chosen.map(() => [])
  let last = Promise.resolve()
  for (const [number, file] of chosen.entries()) {
    try {
      show(await canvasOf(file), found => {
        areas[number] = found
        last = last.then(async () => put(await Promise.all(chosen.map((one, at) => covered(one, areas[at])))))
        working = last.finally(() => { working = null })
      })
    } catch { /* no picture that can be drawn: it goes as it is */ }
  }
}
