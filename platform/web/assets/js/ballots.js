// Without this every question stands there and says of whom it is asked, and the home page leads to the poll.

// What is not shown leads nowhere, as the server counts it. It keeps what was chosen, should it come back.
function branch (form) {
  const steps = [...form.querySelectorAll('[data-shown-if]')]
  const leads = id => {
    const box = form.querySelector(`input[value="${CSS.escape(id)}"]`)
    return box?.checked && !box.closest('[hidden]')
  }
  const show = () => steps.forEach(step => { step.hidden = !step.dataset.shownIf.split(' ').some(leads) })
  steps.forEach(step => step.querySelector('[data-when]')?.remove())
  form.addEventListener('change', show)
  show()
}

// The page may come out of a cache, so the id that makes a second click harmless is made here.
function answerHere (form) {
  if (!crypto.randomUUID) return
  const fields = { request_id: crypto.randomUUID(), csrf_token: form.dataset.answers }
  for (const [name, value] of Object.entries(fields)) {
    if (value) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
  form.method = 'post'
}

/** Ask what follows from the answers before; take an answer on the home page itself. */
export function fillBallots () {
  new Set([...document.querySelectorAll('[data-shown-if]')].map(step => step.closest('form'))).forEach(form => form && branch(form))
  document.querySelectorAll('form[data-answers]').forEach(answerHere)
}
