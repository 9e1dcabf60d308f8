// A photograph drawn anew with at most so many points a side; what cannot be drawn, or is small
// already, stays as it is.
const SIDE = 2000
const SMALL = 1.5e6 // bytes

export async function smaller (file) {
  if (!file.type.startsWith('image/') || file.size <= SMALL) return file
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.85))
    if (!blob || blob.size >= file.size) return file
    return new File([blob], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg' })
  } catch {
    return file
  }
}

// The files of a field, each made smaller in its place; the promise gives them.
export async function shrink (input) {
  const chosen = [...input.files]
  const made = await Promise.all(chosen.map(smaller))
  if (made.some((file, number) => file !== chosen[number])) {
    const held = new DataTransfer()
    made.forEach(file => held.items.add(file))
    input.files = held.files
  }
  return made
}

// Whoever presses before `working()` is done waits for it.
export function holdWhile (working, form) {
  form.addEventListener('submit', event => {
    if (!working()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { submitter } = event
    working().finally(() => form.requestSubmit(submitter))
  }, true)
}
