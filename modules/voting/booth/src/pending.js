// A sealed ballot that the server hasn't answered for stays on this device, so that a closed tab loses
// nothing. It is sealed: whoever finds it here learns nothing of the choice.
function quietly (act) {
  try { return act() } catch { return null }
}

/** On a tablet that many people use nothing outlives the page. */
export class Passing {
  read () { return this.sealed || null }
  keep (sealed) { this.sealed = sealed }
  drop () { this.sealed = null }
}

export class Pending {
  constructor (uuid) { this.key = `vote:${uuid}` }
  read () { return quietly(() => JSON.parse(localStorage.getItem(this.key))) }
  keep (sealed) { quietly(() => localStorage.setItem(this.key, JSON.stringify(sealed))) }
  drop () { quietly(() => localStorage.removeItem(this.key)) }
}
