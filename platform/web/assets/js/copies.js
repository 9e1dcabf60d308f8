// One press puts a text, or a picture, on the clipboard; without this people select and save it.
export function copyAtOnce () {
  for (const button of document.querySelectorAll('[data-copies], [data-copies-picture]')) {
    if (!navigator.clipboard) continue
    button.parentElement.hidden = false
    button.addEventListener('click', () => copy(button).then(() => say(button, 'done'), () => say(button, 'failed')))
  }
}

function copy (button) {
  const { copies, copiesPicture } = button.dataset
  if (copies) return navigator.clipboard.writeText(document.getElementById(copies).value)
  return navigator.clipboard.write([new ClipboardItem({ 'image/png': drawn(copiesPicture) })])
}

// Clipboards take a picture as PNG alone.
async function drawn (address) {
  const bitmap = await createImageBitmap(await (await fetch(address)).blob())
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('2d').drawImage(bitmap, 0, 0)
  return new Promise((resolve, reject) => canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error()), 'image/png'))
}

function say (button, what) {
  document.getElementById(button.dataset.says).textContent = button.dataset[what]
}
