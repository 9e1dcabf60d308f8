// The language of the page: Bulgarian unless the address or the reader says another.
import { find } from './dom.js'
import { LANGUAGES, TEXTS, fill } from './texts.js'

let [language] = LANGUAGES
const listeners = []

export const say = (key, values = {}) => fill(TEXTS[key][LANGUAGES.indexOf(language)], values)
say.knows = key => key in TEXTS
export const onLanguage = listener => listeners.push(listener)

/** A moment in Sofia, whatever the phone's own zone is. */
export function moment (iso) {
  const settings = { timeZone: 'Europe/Sofia', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }
  const parts = new Intl.DateTimeFormat(language, settings).formatToParts(new Date(iso))
  return say('clock', Object.fromEntries(parts.map(({ type, value }) => [type, value])))
}

function speak (chosen) {
  language = chosen
  document.documentElement.lang = chosen
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = say(element.dataset.text)
  for (const button of find('languages').children) button.setAttribute('aria-pressed', button.value === chosen)
  for (const listener of listeners) listener()
}

export function startLanguage () {
  const asked = new URLSearchParams(location.search).get('lang')
  find('languages').hidden = false
  find('languages').addEventListener('click', event => event.target.value && speak(event.target.value))
  speak(LANGUAGES.includes(asked) ? asked : language)
}

let reading = false

/** Reads the visible part aloud, by voices of the device only: those of the network would send it away. */
export function startReader (button, visible) {
  const synthesis = window.speechSynthesis
  if (!synthesis) return
  const voice = () => synthesis.getVoices().find(one => one.localService && one.lang.startsWith(language))
  const refresh = () => {
    button.hidden = !voice()
    button.textContent = say(reading ? 'stopAloud' : 'aloud')
  }
  const stop = () => {
    reading = false
    synthesis.cancel()
    refresh()
  }
  button.addEventListener('click', () => {
    if (reading) return stop()
    const words = new SpeechSynthesisUtterance(visible())
    Object.assign(words, { voice: voice(), lang: language, rate: 0.9, onend: stop, onerror: stop })
    reading = true
    refresh()
    synthesis.speak(words)
  })
  synthesis.addEventListener?.('voiceschanged', refresh)
  onLanguage(() => { if (reading) stop(); else refresh() })
  refresh()
  return stop
}
