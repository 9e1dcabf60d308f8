// The voting booth: code, choice, review, sealing, sending. Nothing but the sealed ballot leaves the device.
import { electionOf, sealBallot } from './ballot.js'
import { credentialOf, secretOf } from './code.js'
import { checkCode, clearCode, fillCode, groupsOfCode, startCodeForm } from './codeForm.js'
import { deliver, fetchVote } from './delivery.js'
import { fingerprint } from './digest.js'
import { find } from './dom.js'
import { finish, isKiosk, startKiosk } from './kiosk.js'
import { moment, onLanguage, say, startLanguage, startReader } from './language.js'
import { Passing, Pending } from './pending.js'
import { checkQuestions, showQuestions, votesInWords, votesOf } from './questions.js'

const STEPS = ['code', 'choice', 'review']
const address = name => new URL(name, location.href.split('#')[0]).href
const PAGES = ['trackers', 'check']

let vote, election, pending, votes, stopReading
let current = 'loading'
let isSending = false
/** Sentences that are said anew when the language changes. */
const sentences = new Map()

function tell (id, key, values = () => ({})) {
  sentences.set(id, () => { find(id).textContent = say(key, values()) })
  sentences.get(id)()
}

function forgetSentence (id) {
  sentences.delete(id)
  find(id).textContent = ''
}

/** Who helps, in the middle of a sentence; a municipality may have said neither. */
const contact = () => ({
  phone: vote?.phone || say('noPhone'), counter: (vote?.counter || say('noCounter')).trim().replace(/\.$/, '')
})

function title () {
  const number = STEPS.indexOf(current) + 1
  const heading = find(current).querySelector('h2').textContent
  document.title = [vote?.trial && say('trial'), number && say('step', { n: number }), heading || say('title')].filter(Boolean).join(' · ')
}

function show (name, { isBack = false } = {}) {
  stopReading?.()
  find(current).hidden = true
  current = name
  find(name).hidden = false
  title()
  find(name).querySelector('h2').focus()
  scrollTo(0, 0)
  if (STEPS.includes(name) && !isBack) history.pushState({ step: name }, '')
}

/** The phone's own way back leads one step back; never back to a vote that is sealed. */
addEventListener('popstate', event => {
  const step = event.state?.step
  if (STEPS.includes(current) && STEPS.includes(step)) show(step, { isBack: true })
})

addEventListener('beforeunload', event => {
  if (isSending) event.preventDefault()
})

// --- Sealing and sending ------------------------------------------------------------------------

const breathe = () => new Promise(resolve => setTimeout(resolve))

async function moved (part) {
  find('progress').value = part
  await breathe()
}

async function seal () {
  tell('sending-state', 'sealing')
  find('progress').hidden = false
  await moved(0)
  const credential = await credentialOf(election.uuid, groupsOfCode())
  return sealBallot(vote.election, await secretOf(election.uuid, credential), votes, moved)
}

async function send (sealed) {
  isSending = true
  if (current !== 'sending') show('sending')
  find('progress').hidden = true
  tell('sending-state', 'sending')
  const outcome = await deliver(address('cast'), sealed, kind => tell('sending-state', kind))
  isSending = false
  forgetSentence('sending-state')
  if (outcome.reason !== 'foreign') pending.drop()
  if (outcome.reason) refuse(outcome.reason)
  else accept(sealed)
}

async function sealAndSend () {
  if (isSending) return
  isSending = true
  show('sending')
  let sealed
  try {
    sealed = await seal()
  } catch {
    isSending = false
    show('review', { isBack: true })
    tell('seal-wrong', 'failedSeal', contact)
    return
  }
  pending.keep(sealed)
  await send(sealed)
}

function refuse (reason) {
  const key = `refused_${reason}`
  tell('refused-words', say.knows(key) ? key : 'refused_broken', contact)
  find('again').hidden = ['closed', 'too_many', 'void', 'foreign'].includes(reason)
  find('again').value = reason === 'unknown_credential' || !votes ? 'code' : 'review'
  show('refused')
}

/** Pages of the site after the vote, in the language that is read here: Bulgarian has no prefix. */
function linkPages () {
  const { lang } = document.documentElement
  const path = new URL('.', location.href).pathname.replace(/^\/(en|ro)\//, '/')
  for (const name of PAGES) find(name).href = `${lang === 'bg' ? '' : `/${lang}`}${path}${name}`
}

const grouped = tracker => tracker.match(/.{1,4}/g).join(' ')

function accept ({ tracker }) {
  clearCode()
  find('choice-form').reset()
  find('tracker').textContent = grouped(tracker)
  find('copy').value = tracker
  tell('re-vote', 'reVote', () => ({ time: moment(vote.closes_at) }))
  show('done')
}

// --- Steps ----------------------------------------------------------------------------------------

function review () {
  if (!checkQuestions(election.questions)) return
  votes = votesOf(election.questions)
  find('chosen').replaceChildren(...votesInWords(election.questions, votes))
  forgetSentence('seal-wrong')
  show('review')
}

function begin () {
  const digits = /^#([0-9]{25})$/.exec(location.hash)?.[1]
  // The code leaves the address at once: it would stay in the history.
  history.replaceState({ step: 'code' }, '', location.pathname + location.search)
  const sealed = pending.read()
  if (digits) fillCode(digits)
  if (sealed) {
    find('pending-tracker').textContent = grouped(sealed.tracker)
    show('pending')
  } else enter()
}

/** A code from the square of the letter needs no typing; one that is damaged is shown with its errors. */
function enter () {
  const isGiven = groupsOfCode().some(Boolean)
  const isRead = isGiven && checkCode()
  find('code-read').hidden = !isRead
  show(isRead ? 'choice' : 'code')
  if (isGiven && !isRead) checkCode()
}

function listen () {
  startCodeForm(() => {
    find('code-read').hidden = true
    show('choice')
  })
  find('choice-form').addEventListener('submit', event => {
    event.preventDefault()
    review()
  })
  find('to-code').addEventListener('click', () => show('code'))
  find('to-choice').addEventListener('click', () => show('choice'))
  find('seal').addEventListener('click', sealAndSend)
  find('again').addEventListener('click', event => show(event.target.value))
  find('pending-send').addEventListener('click', () => send(pending.read()))
  find('pending-drop').addEventListener('click', () => {
    pending.drop()
    enter()
  })
  find('copy').addEventListener('click', async event => {
    await navigator.clipboard.writeText(event.target.value).then(() => tell('copied', 'copied'), () => {})
  })
  find('print').addEventListener('click', () => print())
  find('finish').addEventListener('click', finish)
}

// --- Opening ---------------------------------------------------------------------------------------

function refuseAll (heading, words, values) {
  tell('closed-title', heading)
  tell('closed-words', words, values)
  show('closed')
}

/** By the server's clock: the phone's own may be wrong. */
function openOrClosed () {
  const [now, opens, closes] = [vote.server_now, vote.opens_at, vote.closes_at].map(Date.parse)
  if (now < opens) return refuseAll('notOpen', 'notOpenWords', () => ({ time: moment(vote.opens_at) }))
  if (now >= closes) return refuseAll('closed', 'closedWords', () => ({ time: moment(vote.closes_at) }))
  begin()
}

async function describe () {
  find('municipality').textContent = vote.municipality
  find('name').textContent = election.name
  for (const id of ['phone', 'call']) {
    find(id).textContent = vote.phone || ''
    if (vote.phone) find(id).href = `tel:${vote.phone.replace(/[^0-9+]/g, '')}`
  }
  find('trial').hidden = !vote.trial
  for (const id of ['until', 'help', 'call', 'fingerprint']) find(id).hidden = false
  tell('until', 'until', () => ({ time: moment(vote.closes_at) }))
  tell('help', 'help', contact)
  tell('code-lost', 'codeLostWords', contact)
  const hash = await fingerprint(vote.election)
  tell('fingerprint', 'fingerprint', () => ({ hash }))
}

async function open () {
  tell('loading-state', 'loading')
  vote = await fetchVote(address('booth.json'), kind => tell('loading-state', `${kind}Loading`))
  if (!vote) return refuseAll('gone', 'goneWords')
  try {
    election = electionOf(vote.election)
    await describe()
  } catch {
    return refuseAll('unfit', 'unfitWords')
  }
  pending = isKiosk ? new Passing() : new Pending(election.uuid)
  showQuestions(election.questions)
  openOrClosed()
}

function start () {
  find('no-script').hidden = true
  find('app').hidden = false
  listen()
  onLanguage(() => {
    for (const sentence of sentences.values()) sentence()
    linkPages()
    find('progress').setAttribute('aria-label', say('progress'))
    if (votes && current === 'review') find('chosen').replaceChildren(...votesInWords(election.questions, votes))
    title()
  })
  startKiosk(() => isSending)
  startLanguage()
  stopReading = startReader(find('aloud'), () => find(current).innerText)
  if (!window.isSecureContext || !crypto.subtle) return refuseAll('unfit', 'unfitWords')
  open()
}

start()
