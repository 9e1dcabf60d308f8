// SHA-256 and PBKDF2 by the browser's own Web Cryptography.
const utf8 = text => new TextEncoder().encode(text)
const sha256 = async text => new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text)))

export const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
export const hexDigest = async text => hex(await sha256(text))
export const numberDigest = async text => BigInt('0x' + await hexDigest(text))

/** SHA-256 in base 64 without filling: how Belenios names elections and ballots. */
export const fingerprint = async text => btoa(String.fromCharCode(...await sha256(text))).replace(/=+$/, '')

export async function stretch (text, salt, rounds) {
  const key = await crypto.subtle.importKey('raw', utf8(text), 'PBKDF2', false, ['deriveBits'])
  const settings = { name: 'PBKDF2', hash: 'SHA-256', salt: utf8(salt), iterations: rounds }
  return new Uint8Array(await crypto.subtle.deriveBits(settings, key, 256))
}
