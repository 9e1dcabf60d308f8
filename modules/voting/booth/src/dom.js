// Small tools for the page; text only, never markup.
export const find = id => document.getElementById(id)

export function make (name, settings = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(settings)) {
    if (key in element && !key.startsWith('aria')) element[key] = value
    else element.setAttribute(key, value)
  }
  element.append(...children)
  return element
}
