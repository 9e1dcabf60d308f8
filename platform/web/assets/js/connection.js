// Say that the network is gone; keep saved copies where the page names a worker.
export function watchConnection () {
  const banner = document.getElementById('offline')
  if (banner) {
    // Promised only where it is so.
    banner.querySelector('[data-keeps]').hidden = !document.querySelector('form[data-draft]')
    const show = () => { banner.hidden = navigator.onLine }
    addEventListener('online', show)
    addEventListener('offline', show)
    show()
  }
  const worker = document.documentElement.dataset.worker
  if (worker && 'serviceWorker' in navigator) {
    addEventListener('load', () => navigator.serviceWorker.register(trusted(worker)).catch(() => {}))
  }
}

// The page's policy asks for a type of its own where a text becomes a script; the address is the house's.
function trusted (address) {
  return self.trustedTypes ? trustedTypes.createPolicy('worker', { createScriptURL: () => address }).createScriptURL(address) : address
}
