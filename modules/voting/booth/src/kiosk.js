// The tablet at the counter, `booth?kiosk`: one voter after the other. Nothing is kept on the device,
// and whatever somebody typed is gone once they have finished, or have gone away.
import { find } from './dom.js'

const IDLE = 180000
const FINISHED = 30000

export const isKiosk = new URLSearchParams(location.search).has('kiosk')

let timer

/** The page as the next voter finds it: a new document, at the first step. */
function restart () {
  for (const form of document.forms) form.reset()
  location.replace(location.pathname + location.search)
}

/** Starts anew after a while without a touch; `isBusy` while a ballot is on its way. */
function wait (isBusy) {
  clearTimeout(timer)
  const pause = find('done').hidden ? IDLE : FINISHED
  timer = setTimeout(() => isBusy() ? wait(isBusy) : restart(), pause)
}

export function startKiosk (isBusy) {
  if (!isKiosk) return
  for (const id of ['copy', 'trackers', 'check']) find(id).hidden = true
  find('kiosk-done').hidden = false
  find('finish').dataset.text = 'nextVoter'
  for (const kind of ['input', 'click', 'keydown']) addEventListener(kind, () => wait(isBusy))
  addEventListener('pageshow', event => event.persisted && restart())
  wait(isBusy)
}

/** What the last button does. */
export const finish = () => isKiosk ? restart() : location.reload()
