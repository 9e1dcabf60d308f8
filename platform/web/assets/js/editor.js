// Buttons that put marks of Markdown into the box below them; every mark can be typed as well.
// execCommand keeps the browser's own undo; where it is gone, the text is set.
function put (box, text, from, to) {
  box.focus()
  box.setSelectionRange(from, to)
  if (!document.execCommand('insertText', false, text)) box.setRangeText(text, from, to, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

function around (box, mark) {
  const { selectionStart: from, selectionEnd: to, value } = box
  put(box, mark + value.slice(from, to) + mark, from, to)
  if (from === to) box.setSelectionRange(from + mark.length, from + mark.length)
}

// Each line of the selection begins with the mark.
function line (box, mark) {
  const from = box.value.lastIndexOf('\n', box.selectionStart - 1) + 1
  const text = box.value.slice(from, box.selectionEnd)
  const number = /^\d/.test(mark)
  const lines = text.split('\n').map((one, n) => (number ? `${n + 1}. ` : mark) + one)
  put(box, lines.join('\n'), from, box.selectionEnd)
}

function link (box, where) {
  const { selectionStart: from, selectionEnd: to, value } = box
  const text = value.slice(from, to) || where
  put(box, `[${text}](https://)`, from, to)
  const end = box.selectionStart - 1
  box.setSelectionRange(end, end)
}

for (const tools of document.querySelectorAll('[data-tools]')) {
  const box = document.getElementById(tools.dataset.tools)
  box.before(tools)
  tools.hidden = false
  tools.addEventListener('click', event => {
    const { around: mark, line: start, link: where } = event.target.dataset
    if (mark) around(box, mark)
    if (start) line(box, start)
    if (where) link(box, where)
  })
}

// A line that the page offers, put where the cursor was last.
for (const button of document.querySelectorAll('[data-put]')) {
  const box = document.getElementById(button.dataset.into)
  if (!box) continue
  button.hidden = false
  button.addEventListener('click', () => put(box, `\n\n${button.dataset.put}\n\n`, box.selectionEnd, box.selectionEnd))
}
