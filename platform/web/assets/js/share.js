// „Share“: what the phone offers for it, else the address goes to the clipboard.
for (const part of document.querySelectorAll('[data-share]')) {
  const { share: url, title, copied } = part.dataset
  const button = part.querySelector('button')
  if (!navigator.share && !navigator.clipboard) continue
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      if (navigator.share) return await navigator.share({ title, url })
      await navigator.clipboard.writeText(url)
      part.querySelector('[role=status]').textContent = copied
    } catch { /* called off, or not allowed: the letter is beside it */ }
  })
}
