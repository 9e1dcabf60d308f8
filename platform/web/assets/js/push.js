// Asks the browser for permission only after its owner pressed the button, then sends the form.
const bytesOf = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), sign => sign.charCodeAt(0))

async function subscription (key) {
  const worker = await navigator.serviceWorker.ready
  const before = await worker.pushManager.getSubscription()
  return before || await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
}

export function askToPush () {
  const form = document.querySelector('form[data-push]')
  if (!form) return
  const say = word => form.querySelectorAll('[data-push-said]').forEach(line => { line.hidden = line.dataset.pushSaid !== word })
  const field = form.querySelector('input[data-push="subscription"]')
  form.addEventListener('submit', async event => {
    if (field.value) return
    event.preventDefault()
    if (!('serviceWorker' in navigator && 'PushManager' in self && 'Notification' in self)) return say('cannot')
    if (await Notification.requestPermission() !== 'granted') return say('no')
    try {
      field.value = JSON.stringify(await subscription(form.dataset.push))
    } catch {
      return say('cannot')
    }
    form.submit()
  })
}
