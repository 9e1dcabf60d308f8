// Sends a sealed ballot until the server has answered: the same bytes each time, so that it counts once.
const PATIENCE = 20000
const LONGEST_PAUSE = 10000

/** Lets a pause end early when the device says that the network is back. */
function pause (milliseconds) {
  return new Promise(resolve => {
    const timer = setTimeout(finish, milliseconds)
    function finish () {
      clearTimeout(timer)
      removeEventListener('online', finish)
      resolve()
    }
    addEventListener('online', finish)
  })
}

async function post (url, ballot) {
  const control = new AbortController()
  const timer = setTimeout(() => control.abort(), PATIENCE)
  try {
    const response = await fetch(url, {
      method: 'POST', body: ballot, headers: { 'Content-Type': 'application/json' }, credentials: 'omit', signal: control.signal
    })
    return { status: response.status, wait: +response.headers.get('Retry-After') * 1000, told: await response.json().catch(() => null) }
  } finally {
    clearTimeout(timer)
  }
}

/** What an answer means; null where it is no answer of the vote: a portal of a hotel, a server that rests. */
function outcomeOf ({ status, told }, tracker) {
  if (status === 200 && told?.tracker) return told.tracker === tracker ? { ...told, reason: '' } : { reason: 'foreign' }
  if ([409, 413, 415, 422].includes(status)) return { reason: told?.reason || 'broken' }
  return null
}

/** {reason: ''} once it is accepted, else why it is refused for good. `told` hears of each failed attempt. */
export async function deliver (url, { ballot, tracker }, told) {
  for (let attempt = 0; ; attempt++) {
    const answer = await post(url, ballot).catch(() => null)
    const outcome = answer && outcomeOf(answer, tracker)
    if (outcome) return outcome
    told(answer ? 'busy' : 'offline')
    await pause(answer?.wait || Math.min(LONGEST_PAUSE, 1000 * 2 ** attempt))
  }
}

/** The description of the vote, asked for until it comes. */
export async function fetchVote (url, told) {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(url, { credentials: 'omit', cache: 'no-store' }).catch(() => null)
    if (response?.ok) {
      const vote = await response.json().catch(() => null)
      if (vote?.election) return vote
    }
    if (response?.status === 404) return null
    told(response ? 'busy' : 'offline')
    await pause(Math.min(LONGEST_PAUSE, 1000 * 2 ** attempt))
  }
}
