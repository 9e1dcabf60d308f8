// Sends a large file by tus (https://tus.io) and takes up again where the server says it stands: after
// a lost network by itself, after a closed page when the same file is chosen again.
// Without this script the form sends a small file whole.
import { Upload } from 'tus-js-client'

const AGAIN = [1, 2, 5, 10, 20, ...Array(2000).fill(30)].map(seconds => seconds * 1000)
const TIRED = [0, 409, 423, 429] // no answer, another part was first, too many at once

// What the server says in a sentence; a page of its own is none.
function sentence (error) {
  const answer = error.originalResponse
  return answer?.getHeader('Content-Type')?.startsWith('text/plain') ? answer.getBody() : ''
}

function send (form, file, show) {
  const { begin, known, knownFile, size } = form.dataset
  const isKnown = knownFile === `${file.name}|${file.size}|${file.lastModified}`
  return new Promise((resolve, reject) => {
    new Upload(file, {
      endpoint: begin,
      uploadUrl: isKnown ? known : null,
      chunkSize: Number(size),
      headers: { 'X-CSRF-Token': form.elements.csrf_token?.value ?? '' },
      metadata: { filename: file.name, lastmodified: String(file.lastModified) },
      storeFingerprintForResuming: false, // the page knows what is under way
      retryDelays: AGAIN,
      onShouldRetry (error) {
        const status = error.originalResponse?.getStatus() ?? 0
        const goesOn = TIRED.includes(status) || status >= 500
        if (goesOn) show('lost')
        return goesOn
      },
      onProgress (sent, all) {
        if (sent < all) show('sent', Math.floor(100 * sent / all))
        else show('checked', 100)
      },
      onSuccess: resolve,
      onError: error => reject(new Error(sentence(error)))
    }).start()
  })
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
