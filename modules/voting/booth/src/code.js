// The code of the letter: five groups of four digits, each with a check digit; and the credential of it.
import { hex, hexDigest, stretch } from './digest.js'
import { modQ } from './group.js'

const DAMM = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
  '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'
]
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const ROUNDS = 600000

export const GROUPS = 5
export const LENGTH = 5

const damm = digits => [...digits].reduce((state, digit) => +DAMM[state][+digit], 0)

/** A group of the code is right; its place belongs to the check, so groups in each other's place are seen. */
export const isGroup = (place, digits) => /^[0-9]{5}$/.test(digits) && damm(place + digits) === 0

/** The credential: 22 characters of base 58 in the form that belenios-tool 3.x calls its own. */
export async function credentialOf (uuid, groups) {
  const digits = groups.map(group => group.slice(0, 4)).join('')
  let number = BigInt('0x' + hex(await stretch(digits, `obshto-code|${uuid}`, ROUNDS)))
  let text = ''
  for (let n = 0; n < 22; n++) {
    text += BASE58[Number(number % 58n)]
    number /= 58n
  }
  return [text.slice(0, 5), text.slice(5, 11), text.slice(11, 16), text.slice(16)].join('-')
}

/** The secret exponent of a credential, as belenios-tool 3.x derives it. */
export async function secretOf (uuid, credential) {
  const halves = await Promise.all([0, 1].map(n => hexDigest(`derive_credential|${uuid}|${n}|${credential}`)))
  return modQ(BigInt('0x' + halves.join('')))
}
