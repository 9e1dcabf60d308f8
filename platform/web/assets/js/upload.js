// Sends a large file in parts behind each other and takes up again where the server says it stands:
// after a lost network by itself, after a closed page when the same file is chosen again.
// Without this script the form sends a small file whole.
import { insist, Refusal } from './parts.js'

async function send (form, file, show) {
  const { begin, parts, size } = form.dataset
  const token = form.elements.csrf_token?.value ?? ''
  const lost = () => show('lost')
  const chosen = { csrf_token: token, name: file.name, size: file.size, modified: file.lastModified }
  const { upload, received } = await insist(begin, chosen, lost)
  for (let offset = received; ;) {
    show('sent', Math.floor(100 * offset / file.size))
    const part = file.slice(offset, offset + Number(size))
    if (offset + part.size >= file.size) show('checked', 100)
    const told = await insist(parts, { csrf_token: token, upload, offset, part }, lost)
    if (told.whole) return
    if (told.received <= offset && part.size) throw new Refusal('')
    offset = told.received
  }
}

for (const form of document.querySelectorAll('form[data-upload]')) {
  const words = form.querySelector('[data-words]').content
  const word = name => words.querySelector(`[data-${name}]`).textContent
  const problem = form.querySelector('[data-problem]')
  const bar = form.querySelector('progress')
  const leaving = event => event.preventDefault()

  function show (name, share) {
    form.querySelector('[data-progress]').hidden = false
    form.querySelector('[data-state]').textContent = name === 'sent' ? `${word(name)} ${share}\u00a0%` : word(name)
    if (share !== undefined) bar.value = share
  }

  form.addEventListener('submit', async event => {
    const file = form.querySelector('input[type=file]').files[0]
    if (!file) return // the server says what is missing
    event.preventDefault()
    const button = form.querySelector('button[type=submit]')
    button.disabled = true
    problem.hidden = true
    addEventListener('beforeunload', leaving)
    try {
      await send(form, file, show)
      removeEventListener('beforeunload', leaving)
      location.assign(form.dataset.done)
    } catch (error) {
      form.querySelector('[data-progress]').hidden = true
      problem.textContent = error.message || word('failed')
      problem.hidden = false
    } finally {
      removeEventListener('beforeunload', leaving)
      button.disabled = false
    }
  })
}
