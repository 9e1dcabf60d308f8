// What the kit brings and no page of ours draws. Trimming a whole-kit stylesheet from 8.8 to 6.6 KB
// (Brotli) keeps the first page inside the first 14 KB a server may send before it waits.
const UNUSED = new RegExp([
  'button--(start|inverse)', '__start-icon', '--inverse', '(radios|checkboxes)--small', 'govuk-footer',
  'link--(muted|text-colour|no-)', 'link-image', 'list--spaced', 'section-break', 'heading-xl', 'govuk-caption-',
  'govuk-body-(lead|l|s)', '(label|legend|table__caption)--xl', '--width-(30|40)\\b', 'summary-card',
  'summary-list--no-border', 'grid-column-(one-quarter|three-quarters)', '-from-desktop', 'table--small',
  'text-align', 'clearfix', 'tag--(turquoise|teal|purple|magenta|light-blue|pink|orange)',
  'width-container--', 'breadcrumbs--collapse', 'interruption', 'input--extra-letter-spacing',
  'main-wrapper--', 'grid-column-(full|one-third)', 'list__row--no-border', 'skip-link-focused-element'
].join('|'))

// Commas inside :not(…) do not part selectors.
const selectors = prelude => prelude.split(/,(?![^(]*\))/)

function closing (css, start) {
  let depth = 1
  let at = start
  while (depth > 0) {
    if (css[at] === '{') depth++
    if (css[at] === '}') depth--
    at++
  }
  return at
}

function rule (prelude, body) {
  // Printing is ours (scss/_print.scss): one set of sizes in place of the kit's fifty.
  if (/^@media print/.test(prelude) && body.includes('govuk') && !body.includes('.ob-')) return ''
  if (/^@(media|supports)/.test(prelude)) {
    const kept = trim(body)
    return kept && `${prelude}{${kept}}`
  }
  if (prelude.startsWith('@')) return `${prelude}{${body}}`
  const kept = selectors(prelude).filter(selector => !UNUSED.test(selector))
  return kept.length ? `${kept.join(',')}{${body}}` : ''
}

/** The stylesheet without unused rules; expects minified CSS without comments or strings with braces. */
export function trim (css) {
  let kept = ''
  let at = 0
  while (at < css.length) {
    const open = css.indexOf('{', at)
    if (open < 0) break
    const end = closing(css, open + 1)
    kept += rule(css.slice(at, open), css.slice(open + 1, end - 1))
    at = end
  }
  return kept
}

/** What the kit compiles in becomes the tokens that follow the page into the dark. */
export const tokens = css => css
  .replace(/(?<!: )#f3f3f3\b/g, 'var(--ob-shade)')
  .replace(/(?<!: )#cecece\b/g, 'var(--govuk-hover-colour)')
  .replace(/background-color:#fff\b/g, 'background-color:var(--govuk-body-background-colour)')
  .replace(/([{;])color:#0b0c0c\b(?![^}]*#d2e2f1)/g, '$1color:var(--govuk-text-colour)')

/** Drops what :root and body already say: fallback colours, the font repeated on every class. */
export const unrepeat = css => css
  .replace(/var\((--govuk-[a-z-]+),\s*#[0-9a-f]+\)/g, 'var($1)')
  .replace(/font-family:Sofia Sans,[^;}]*sans-serif;-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale;?/g, '')
  .replace(/[^{}]+\{\}/g, '') // rules that said nothing else
