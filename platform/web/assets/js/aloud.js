// „Read aloud“ (ui/aloud.html): sentence by sentence, by voices of the device only, because those of
// the network would send the text away. Without such a voice the button stays hidden.
const synthesis = window.speechSynthesis
if (synthesis) document.querySelectorAll('[data-aloud]').forEach(begin)

function begin (button) {
  const text = document.getElementById(button.dataset.aloud)
  const { lang } = text
  const start = button.textContent
  const voice = () => synthesis.getVoices().find(one => one.localService && one.lang.startsWith(lang))
  let reading = false

  function show (isReading) {
    reading = isReading
    button.textContent = isReading ? button.dataset.stop : start
  }

  function read () {
    const parts = [...text.querySelectorAll('h1, h2, p')].map(part => part.textContent.trim()).filter(Boolean)
    parts.forEach((part, n) => {
      const said = new SpeechSynthesisUtterance(part)
      Object.assign(said, { voice: voice(), lang, rate: 0.9, onerror: () => show(false) })
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
  const refresh = () => { button.hidden = !voice() }
  synthesis.addEventListener?.('voiceschanged', refresh)
  addEventListener('pagehide', () => synthesis.cancel())
  refresh()
}
