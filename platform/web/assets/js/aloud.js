// „Read aloud“ (ui/aloud.html): sentence by sentence, by voices of the device only, because those of
// the network would send the text away. Without such a voice the button stays hidden.
const PARTS = 'h1, h2, h3, p, li, dt, dd, legend, label, .govuk-hint'
// What stands inside another of them is read with it; what is folded away is not read.
const isRead = part => !part.parentElement.closest(PARTS) && part.checkVisibility() && part.innerText.trim()
const synthesis = window.speechSynthesis
if (synthesis) document.querySelectorAll('[data-aloud]').forEach(begin)

function begin (button) {
  const text = document.getElementById(button.dataset.aloud)
  const { lang } = text.closest('[lang]')
  const start = button.textContent
  const voice = own => synthesis.getVoices().find(one => one.localService && one.lang.startsWith(own))
  let reading = false

  function show (isReading) {
    reading = isReading
    button.textContent = isReading ? button.dataset.stop : start
  }

  function read () {
    const parts = [...text.querySelectorAll(PARTS)].filter(isRead)
    parts.forEach((part, n) => {
      const own = part.closest('[lang]').lang
      const said = new SpeechSynthesisUtterance(part.innerText.trim())
      Object.assign(said, { voice: voice(own) ?? voice(lang), lang: own, rate: 0.9, onerror: () => show(false) })
      if (n === parts.length - 1) said.onend = () => show(false)
      synthesis.speak(said)
    })
    show(parts.length > 0)
  }

  button.addEventListener('click', () => {
    synthesis.cancel()
    if (reading) show(false)
    else read()
  })
  const refresh = () => { button.hidden = !voice(lang) }
  synthesis.addEventListener?.('voiceschanged', refresh)
  addEventListener('pagehide', () => synthesis.cancel())
  refresh()
}
