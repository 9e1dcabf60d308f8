// „Nearest to me“: asks the browser where it is, sends it rounded to some hundred metres. Without
// scripts, or where the browser does not tell, the list of settlements does the same.
const form = document.querySelector('[data-near]')
const part = form && form.querySelector('[data-near-only]')

function round (degrees) {
  return degrees.toFixed(3)
}

if (part && 'geolocation' in navigator) {
  const button = part.querySelector('button')
  const failed = part.querySelector('[data-near-failed]')
  part.hidden = false
  button.addEventListener('click', event => {
    if (button.value) return
    event.preventDefault()
    failed.hidden = true
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      button.value = `${round(coords.latitude)},${round(coords.longitude)}`
      form.requestSubmit(button)
    }, () => { failed.hidden = false }, { timeout: 20000, maximumAge: 300000 })
  })
}
