// Say that the network is gone; keep saved copies where the page names a worker.
export function watchConnection () {
  const banner = document.getElementById('offline')
  if (banner) {
    const show = () => { banner.hidden = navigator.onLine }
    addEventListener('online', show)
    addEventListener('offline', show)
    show()
  }
  const worker = document.documentElement.dataset.worker
  if (worker && 'serviceWorker' in navigator) {
    addEventListener('load', () => navigator.serviceWorker.register(worker).catch(() => {}))
  }
}
