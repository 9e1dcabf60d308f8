// Where a photograph was taken: latitude and longitude out of the GPS block of a JPEG (Exif 2.3,
// CIPA DC-008), or undefined. Whatever is not as the standard says is no place.
const HEAD = 262144 // bytes: the block stands before the picture
const APP1 = 0xFFE1
const EXIF = 0x45786966 // „Exif“
const GPS = 0x8825 // tag of the block's address

export async function placeOf (file) {
  if (file.type !== 'image/jpeg') return
  try {
    return read(new DataView(await file.slice(0, HEAD).arrayBuffer()))
  } catch {} // it points outside itself
}

function read (view) {
  const start = exif(view)
  if (!start) return
  const isLittle = view.getUint16(start) === 0x4949
  const block = { view, start, isLittle }
  const first = tags(block, start + view.getUint32(start + 4, isLittle))
  if (!first[GPS]) return
  const gps = tags(block, start + view.getUint32(first[GPS] + 8, isLittle))
  if (![1, 2, 3, 4].every(tag => gps[tag])) return
  const place = [degrees(block, gps[2], gps[1], 'S', 90), degrees(block, gps[4], gps[3], 'W', 180)]
  return place.every(Number.isFinite) && place.some(Boolean) ? place : undefined
}

// Where the TIFF header of the Exif segment begins.
function exif (view) {
  if (view.getUint16(0) !== 0xFFD8) return
  for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint16(at) === APP1 && view.getUint32(at + 4) === EXIF) return at + 10
    if (view.getUint16(at) < 0xFFC0) return
  }
}

// Where each tag of a directory stands.
function tags ({ view, isLittle }, at) {
  const found = {}
  for (let left = view.getUint16(at, isLittle), one = at + 2; left > 0; left--, one += 12) {
    found[view.getUint16(one, isLittle)] = one
  }
  return found
}

// Degrees, minutes and seconds are three fractions of two numbers each.
function degrees ({ view, start, isLittle }, at, side, negative, most) {
  const from = start + view.getUint32(at + 8, isLittle)
  const part = number => view.getUint32(from + number * 8, isLittle) / view.getUint32(from + number * 8 + 4, isLittle)
  const value = part(0) + part(1) / 60 + part(2) / 3600
  if (!(value <= most)) return NaN
  return String.fromCharCode(view.getUint8(side + 8)) === negative ? -value : value
}
