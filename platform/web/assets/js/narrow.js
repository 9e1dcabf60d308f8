// A long list grows shorter while one types; without this the form asks the server.
export function narrowLists () {
  for (const box of document.querySelectorAll('[data-narrows]')) {
    const list = document.getElementById(box.dataset.narrows)
    if (list) box.addEventListener('input', () => narrow(list, box))
  }
}

function narrow (list, box) {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean)
  let shown = 0
  for (const group of list.querySelectorAll('details')) {
    let here = 0
    for (const line of group.querySelectorAll('li')) {
      const text = line.textContent.toLowerCase()
      line.hidden = !words.every(word => text.includes(word))
      if (!line.hidden) here++
    }
    group.hidden = !here
    group.open = words.length > 0 && here > 0
    shown += here
  }
  const none = document.getElementById(`${list.id}-none`)
  none.hidden = shown > 0
  none.textContent = shown ? '' : box.dataset.none
}
