// Builds booth.html, its policy and its hash from src/, by the esbuild of platform/web/assets.
// Node is needed only here: the result is committed and served as it is.
import crypto from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import zlib from 'node:zlib'

const here = import.meta.dirname || path.dirname(new URL(import.meta.url).pathname)
const out = process.argv[2] || here
const esbuild = createRequire(path.join(here, '../../../platform/web/assets/build.mjs'))('esbuild')
const BROWSERS = ['chrome90', 'safari14', 'firefox90']

const read = name => fs.readFileSync(path.join(here, 'src', name))
const digest = (bytes, form) => crypto.createHash('sha256').update(bytes).digest(form)

const script = esbuild.buildSync({
  entryPoints: [path.join(here, 'src/booth.js')], bundle: true, minify: true, format: 'iife', target: 'es2020', charset: 'utf8',
  write: false, legalComments: 'none'
}).outputFiles[0].text.trim()
const style = esbuild.transformSync(read('page.css').toString(), { loader: 'css', minify: true, target: BROWSERS }).code.trim()

// One digest of all sources, so that a test without Node sees a page that wasn't built anew.
const names = fs.readdirSync(path.join(here, 'src')).sort()
const sources = digest(names.map(name => `${name} ${digest(read(name), 'hex')}\n`).join(''), 'hex')
const parts = { SOURCES: sources, STYLE: style, SCRIPT: script }
const page = read('page.html').toString().replace(/%%([A-Z]+)%%/g, (_, name) => parts[name])
const policy = [
  "default-src 'none'", `script-src 'sha256-${digest(script, 'base64')}'`, `style-src 'sha256-${digest(style, 'base64')}'`,
  "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"
].join('; ')

if (script.includes('</script')) throw new Error('the script would end too early')
fs.writeFileSync(path.join(out, 'booth.html'), page)
fs.writeFileSync(path.join(out, 'booth.html.csp'), policy + '\n')
fs.writeFileSync(path.join(out, 'booth.html.sha256'), `${digest(page, 'hex')}  booth.html\n`)
console.log(Buffer.byteLength(page), 'bytes,', zlib.gzipSync(page, { level: 9 }).length, 'compressed')
