// The page that stands in for others without a network lists what can be read all the same.
const TITLE = /<title>([^<]*) – [^–<]*<\/title>/
const SIGNS = { '&lt;': '<', '&gt;': '>', '&#34;': '"', '&#39;': "'", '&amp;': '&' } // as the templates write them

async function titleOf (answer) {
  const found = TITLE.exec(await answer.text())
  return found && found[1].replace(/&[a-z0-9#]+;/g, sign => SIGNS[sign] || sign)
}

export async function showKept () {
  const list = document.querySelector('[data-kept]')
  if (!list || !('caches' in self)) return
  const pages = await caches.open('pages')
  for (const request of (await pages.keys()).reverse()) {
    const title = await titleOf(await pages.match(request))
    if (!title) continue
    const link = document.createElement('a')
    link.href = new URL(request.url).pathname + new URL(request.url).search
    link.textContent = title
    list.append(document.createElement('li'))
    list.lastChild.append(link)
  }
  list.previousElementSibling.hidden = !list.children.length
}
