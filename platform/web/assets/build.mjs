// Builds ../static/dist: fingerprinted files, each with .br and .gz, named by manifest.json.
// Node is needed only here: the result is committed and served as it is.
import crypto from 'node:crypto'
import fs from 'node:fs'
import zlib from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'
import { tokens, trim, unrepeat } from './trim.mjs'

const OUT = '../static/dist'
const BROWSERS = ['chrome90', 'safari14', 'firefox90']
const manifest = {}

function put (name, content) {
  const bytes = Buffer.from(content)
  const print = crypto.createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  const file = name.replace(/(\.[^.]+)$/, `.${print}$1`)
  fs.writeFileSync(`${OUT}/${file}`, bytes)
  if (!name.endsWith('.woff2')) compress(file, bytes)
  manifest[name] = file
}

// Fonts are compressed already.
function compress (file, bytes) {
  const brotli = { params: { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }
  fs.writeFileSync(`${OUT}/${file}.br`, zlib.brotliCompressSync(bytes, brotli))
  fs.writeFileSync(`${OUT}/${file}.gz`, zlib.gzipSync(bytes, { level: 9 }))
}

function style (name) {
  const loadPaths = ['node_modules', 'scss']
  const { css } = sass.compile(`scss/${name}.scss`, { style: 'compressed', loadPaths, quietDeps: true })
  const { code } = esbuild.transformSync(css, { loader: 'css', minify: true, target: BROWSERS })
  put(`${name}.css`, tokens(unrepeat(trim(code))).replace(/url\(["']?(fonts\/[^)"']+)["']?\)/g, (_, font) => `url(${manifest[font]})`))
}

function script (name) {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [`js/${name}.js`], bundle: true, minify: true, format: 'esm', target: 'es2020', write: false,
    legalComments: 'none'
  })
  put(`${name}.js`, outputFiles[0].contents)
}

fs.rmSync(OUT, { recursive: true, force: true })
fs.mkdirSync(`${OUT}/fonts`, { recursive: true })
for (const font of fs.readdirSync('fonts').filter(file => file.endsWith('.woff2'))) {
  put(`fonts/${font}`, fs.readFileSync(`fonts/${font}`))
}
style('site')
style('console')
style('video')
style('areas')
style('sheet')
script('site')
script('worker')
script('editor')
script('queue')
script('offline')
script('video')
script('near')
script('share')
script('upload')
script('capture')
script('papers')
script('place')
script('nearby')
script('areas')
script('focus')
script('signature')
script('aloud')
put('htmx.js', fs.readFileSync('node_modules/htmx.org/dist/htmx.min.js'))
fs.writeFileSync(`${OUT}/manifest.json`, JSON.stringify(manifest, null, 1) + '\n')
for (const file of fs.readdirSync(OUT).filter(file => file.endsWith('.br'))) {
  console.log(file, fs.statSync(`${OUT}/${file}`).size)
}
