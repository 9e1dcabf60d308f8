// Ballots of Belenios, protocol version 1 (https://www.belenios.org/specification.pdf), homomorphic questions.
//
// The maker of a ballot knows the exponent of each of its ciphertexts, so every power is one of g or of
// the election's key, and those come from tables.
import { fingerprint, numberDigest } from './digest.js'
import { NAME, elementOf, modQ, multiply, powerOfG, powersOf, randomExponent } from './group.js'

const proofOf = (challenge, response) => ({ challenge: String(challenge), response: String(response) })
const sum = numbers => numbers.reduce((total, number) => total + number, typeof numbers[0] === 'bigint' ? 0n : 0)

/** The election that its raw text describes; refuses what this booth can't seal. */
export function electionOf (raw) {
  const election = JSON.parse(raw)
  if (election.version !== 1 || election.group !== NAME) throw new Error('unknown version or group')
  if (election.questions.some(question => !Array.isArray(question.answers) || question.type)) throw new Error('unknown question')
  return election
}

/** A vote breaks no rule of its question: so many answers at least and at most, blank alone. */
export function isAllowed (question, vote) {
  const chosen = sum(question.blank ? vote.slice(1) : vote)
  return question.blank && vote[0] ? chosen === 0 : chosen >= question.min && chosen <= question.max
}

class Sealing {
  constructor (key, prefix) {
    this.powerOfKey = powersOf(key)
    this.prefix = prefix
  }

  encrypt (vote) {
    return vote.map(plain => {
      const random = randomExponent()
      return { random, plain, alpha: powerOfG(random), beta: this.raise(random, plain) }
    })
  }

  /** key^a g^b */
  raise (a, b) {
    return multiply(this.powerOfKey(a), powerOfG(BigInt(b)))
  }

  /** A proof that one of the statements is true without telling which; of each its randomness and
   * by how much its plaintext is off: zero where it is true. */
  async prove (label, statements) {
    const commitments = []
    const proofs = []
    let known = 0n
    let truth, nonce
    statements.forEach(({ random, off }, at) => {
      if (off === 0 && truth === undefined) {
        truth = at
        nonce = randomExponent()
        commitments[at] = `${powerOfG(nonce)},${this.powerOfKey(nonce)}`
        return
      }
      const [challenge, response] = [randomExponent(), randomExponent()]
      const exponent = response + random * challenge
      commitments[at] = `${powerOfG(exponent)},${this.raise(exponent, BigInt(off) * challenge)}`
      proofs[at] = proofOf(challenge, response)
      known += challenge
    })
    if (truth === undefined) throw new Error('no statement is true')
    const challenge = modQ(await numberDigest(`${label}|${commitments.join(',')}`) - known)
    proofs[truth] = proofOf(challenge, modQ(nonce - statements[truth].random * challenge))
    return proofs
  }

  /** A proof that a ciphertext holds one of the numbers from least to most. */
  proveRange (label, { random, plain, alpha, beta }, least, most) {
    const statements = []
    for (let n = least; n <= most; n++) statements.push({ random, off: plain - n })
    return this.prove(`prove|${label}|${alpha},${beta}`, statements)
  }

  async answer (question, vote, moved) {
    const sealed = this.encrypt(vote)
    const individual = []
    for (const one of sealed) {
      individual.push(await this.proveRange(this.prefix, one, 0, 1))
      await moved()
    }
    const label = `${this.prefix}|${sealed.map(({ alpha, beta }) => `${alpha},${beta}`).join(',')}`
    return {
      choices: sealed.map(({ alpha, beta }) => ({ alpha: String(alpha), beta: String(beta) })),
      individual_proofs: individual,
      ...await (question.blank ? this.proveBlank(label, question, sealed) : this.proveSum(label, question, sealed))
    }
  }

  async proveSum (label, question, sealed) {
    return { overall_proof: await this.proveRange(label, total(sealed), question.min, question.max) }
  }

  async proveBlank (label, question, [blank, ...others]) {
    const rest = total(others)
    const either = [{ random: blank.random, off: blank.plain - 1 }]
    for (let n = question.min; n <= question.max; n++) either.push({ random: rest.random, off: rest.plain - n })
    return {
      overall_proof: await this.prove(`bproof1|${label}`, either),
      blank_proof: await this.prove(`bproof0|${label}`, [
        { random: blank.random, off: blank.plain }, { random: rest.random, off: rest.plain }
      ])
    }
  }
}

const total = sealed => ({
  random: modQ(sum(sealed.map(({ random }) => random))),
  plain: sum(sealed.map(({ plain }) => plain)),
  alpha: sealed.map(({ alpha }) => alpha).reduce(multiply),
  beta: sealed.map(({ beta }) => beta).reduce(multiply)
})

async function sign (ballot, secret) {
  const hash = await fingerprint(JSON.stringify(ballot))
  const nonce = randomExponent()
  const challenge = modQ(await numberDigest(`sig|${hash}|${powerOfG(nonce)}`))
  return { ...ballot, signature: { hash, proof: proofOf(challenge, modQ(nonce - secret * challenge)) } }
}

/** The ballot as text and its tracker. `votes` holds a list of 0 and 1 for each question (blank first,
 * where it is allowed); `moved` is told which part is done, so that a page can show it. */
export async function sealBallot (raw, secret, votes, moved = async () => {}) {
  const election = electionOf(raw)
  const hash = await fingerprint(raw)
  const credential = String(powerOfG(secret))
  const sealing = new Sealing(elementOf(election.public_key), `${hash}|${credential}`)
  const parts = sum(votes.map(vote => vote.length))
  let done = 0
  const answers = []
  for (const [at, question] of election.questions.entries()) {
    if (!isAllowed(question, votes[at])) throw new Error('not allowed')
    answers.push(await sealing.answer(question, votes[at], () => moved(++done / parts)))
  }
  const ballot = JSON.stringify(await sign({ election_uuid: election.uuid, election_hash: hash, credential, answers }, secret))
  return { ballot, tracker: await fingerprint(ballot) }
}
