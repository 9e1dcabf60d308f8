// The group BELENIOS-2048: a subgroup of prime order q in the integers modulo p.
// BigInt arithmetic isn't constant-time; what it could tell, it tells on the voter's own device.
const P = 20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719n
const G = 2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627n

export const NAME = 'BELENIOS-2048'
export const Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441n

export const modQ = n => ((n % Q) + Q) % Q
export const multiply = (a, b) => a * b % P

/** Powers of one base by a table, sixteen entries for each four bits: five times as quick as squaring. */
export function powersOf (base) {
  const table = []
  for (let at = 0, unit = base; at < 64; at++) {
    const row = [1n]
    for (let n = 1; n < 16; n++) row.push(multiply(row[n - 1], unit))
    table.push(row)
    unit = multiply(row[15], unit)
  }
  return exponent => {
    let product = 1n
    let rest = modQ(exponent)
    for (let at = 0; rest; at++) {
      const digit = Number(rest & 15n)
      if (digit) product = multiply(product, table[at][digit])
      rest >>= 4n
    }
    return product
  }
}

let ofG
export const powerOfG = exponent => (ofG ||= powersOf(G))(exponent)

/** An element as text; refuses whatever isn't of the subgroup, for such a key would betray votes. */
export function elementOf (text) {
  const element = /^[1-9][0-9]{0,616}$/.test(text) ? BigInt(text) : 0n
  if (element <= 1n || element >= P || powerModP(element, Q) !== 1n) throw new Error('not of the group')
  return element
}

function powerModP (base, exponent) {
  let product = 1n
  for (const bit of exponent.toString(2)) {
    product = multiply(product, product)
    if (bit === '1') product = multiply(product, base)
  }
  return product
}

/** A uniform exponent: 128 bits more than q has, so that the remainder favours nothing. */
export function randomExponent () {
  let number = 0n
  for (const byte of crypto.getRandomValues(new Uint8Array(48))) number = (number << 8n) | BigInt(byte)
  return number % Q
}
