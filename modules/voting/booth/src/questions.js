// The questions as forms, the votes that are chosen in them, and the votes in words.
import { isAllowed } from './ballot.js'
import { find, make } from './dom.js'
import { onLanguage, say } from './language.js'

const isOne = question => question.max === 1
const inputs = at => [...document.querySelectorAll(`[name="question-${at}"]`)]

/** The sentence that says how many answers may be chosen. */
function rule ({ min, max }) {
  if (max === 1) return say('pickOne')
  if (min === 0) return say('pickUpTo', { most: max })
  return min === max ? say('pickExactly', { most: max }) : say('pickBetween', { least: min, most: max })
}

function option (question, at, place, text) {
  const input = make('input', { type: isOne(question) ? 'radio' : 'checkbox', name: `question-${at}`, value: place, 'aria-describedby': `wrong-${at}` })
  // A blank ballot and answers exclude each other.
  input.addEventListener('change', () => {
    find(`wrong-${at}`).textContent = ''
    if (isOne(question) || !input.checked) return
    const isBlank = place === 'blank'
    for (const other of inputs(at)) if (other !== input && (isBlank || other.value === 'blank')) other.checked = false
  })
  return make('label', { className: 'option' }, input, text)
}

/** A word of the page among words of the election. */
const own = key => make('span', { 'data-text': key }, say(key))

function fieldset (question, at) {
  const words = text => make('span', { lang: 'bg' }, text)
  const options = question.answers.map((answer, n) => option(question, at, n, words(answer)))
  if (question.blank) options.push(option(question, at, 'blank', own('blank')))
  else if (isOne(question) && question.min === 0) options.push(option(question, at, 'none', own('nothing')))
  const hint = make('p', { className: 'rule', id: `rule-${at}` })
  const wrong = make('p', { className: 'wrong', id: `wrong-${at}`, role: 'alert' })
  return make('fieldset', { 'aria-describedby': `rule-${at}` }, make('legend', {}, words(question.question)), hint, wrong, ...options)
}

export function showQuestions (questions) {
  find('questions').replaceChildren(...questions.map(fieldset))
  const tell = () => questions.forEach((question, at) => { find(`rule-${at}`).textContent = rule(question) })
  onLanguage(tell)
  tell()
}

function voteOf (question, at) {
  const values = inputs(at).filter(input => input.checked).map(input => input.value)
  const answers = question.answers.map((_, n) => +values.includes(String(n)))
  return question.blank ? [+values.includes('blank'), ...answers] : answers
}

export const votesOf = questions => questions.map(voteOf)

/** True if every question has an answer that it allows; else says so at each and moves to the first. */
export function checkQuestions (questions) {
  const wrong = questions.map((question, at) => {
    const isAnswered = !isOne(question) || inputs(at).some(input => input.checked)
    const isRight = isAnswered && isAllowed(question, voteOf(question, at))
    find(`wrong-${at}`).textContent = isRight ? '' : rule(question)
    return isRight ? -1 : at
  }).filter(at => at >= 0)
  if (wrong.length) inputs(wrong[0])[0].focus()
  return wrong.length === 0
}

/** Each question with what was chosen, as terms and descriptions. */
export function votesInWords (questions, votes) {
  return questions.flatMap((question, at) => {
    const vote = votes[at]
    const answers = question.answers.filter((_, n) => vote[n + (question.blank ? 1 : 0)])
    const said = answers.map(answer => make('dd', {}, answer))
    if (question.blank && vote[0]) said.push(make('dd', { lang: document.documentElement.lang }, say('blank')))
    if (!said.length) said.push(make('dd', { lang: document.documentElement.lang }, say('nothing')))
    return [make('dt', {}, question.question), ...said]
  })
}
