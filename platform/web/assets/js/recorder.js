// Records what is seen and heard in a room. Every few seconds goes to the server as it comes, so
// that a tab that is lost takes no more than that with it.
import { insist, Refusal } from './parts.js'

const PIECE = 5000 // ms
const WIDTH = 1280
const HEIGHT = 720
const RATE = 15 // pictures a second
const KINDS = ['video/webm;codecs=vp8,opus', 'video/mp4;codecs=avc1.42E01E,mp4a.40.2']
const BITS = { videoBitsPerSecond: 900_000, audioBitsPerSecond: 64_000 }

// One picture of all that move, side by side.
class Board {
  constructor () {
    this.canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
    this.pen = this.canvas.getContext('2d', { alpha: false })
    this.timer = setInterval(() => this.draw(), 1000 / RATE)
  }

  draw () {
    const figures = [...document.querySelectorAll('[data-room-tiles] figure')]
    const columns = Math.ceil(Math.sqrt(figures.length)) || 1
    const rows = Math.ceil(figures.length / columns) || 1
    this.pen.fillStyle = '#111'
    this.pen.fillRect(0, 0, WIDTH, HEIGHT)
    figures.forEach((figure, n) => {
      const room = { width: WIDTH / columns, height: HEIGHT / rows }
      this.put(figure, (n % columns) * room.width, Math.floor(n / columns) * room.height, room)
    })
  }

  put (figure, x, y, room) {
    const film = figure.querySelector('video')
    if (!film.videoWidth) return
    const scale = Math.min(room.width / film.videoWidth, room.height / film.videoHeight)
    const [width, height] = [film.videoWidth * scale, film.videoHeight * scale]
    this.pen.drawImage(film, x + (room.width - width) / 2, y + (room.height - height) / 2, width, height)
    this.pen.font = '24px sans-serif'
    const name = figure.textContent
    this.pen.fillStyle = '#000a'
    this.pen.fillRect(x, y + room.height - 40, this.pen.measureText(name).width + 24, 40)
    this.pen.fillStyle = '#fff'
    this.pen.fillText(name, x + 12, y + room.height - 12)
  }

  tracks () { return this.canvas.captureStream(RATE).getVideoTracks() }
  end () { clearInterval(this.timer) }
}

// One sound of all that speak; whoever comes later is heard, too.
class Mixer {
  constructor () {
    this.context = new AudioContext()
    this.out = this.context.createMediaStreamDestination()
    this.heard = new Map()
  }

  hear (tracks) {
    for (const [track, source] of this.heard) {
      if (!tracks.includes(track)) { source.disconnect(); this.heard.delete(track) }
    }
    for (const track of tracks) {
      if (this.heard.has(track)) continue
      const source = this.context.createMediaStreamSource(new MediaStream([track]))
      source.connect(this.out)
      this.heard.set(track, source)
    }
  }

  tracks () { return this.out.stream.getAudioTracks() }
  end () { this.context.close() }
}

// What was recorded and is not yet safe, sent in order.
class Sender {
  constructor (begun, token, say) {
    Object.assign(this, { begun, token, say, waiting: [], offset: begun.received, last: Promise.resolve() })
  }

  take (piece) {
    this.last = this.last.then(() => this.send(piece))
    return this.last
  }

  async send (piece) {
    const { part, upload } = this.begun
    const fields = { csrf_token: this.token, upload, offset: this.offset, part: piece }
    const told = await insist(part, fields, () => this.say('lost'))
    this.offset = told.received
    this.say('recording')
  }
}

export function offerRecording (place, sounds) {
  const { begin, meeting } = place.dataset
  const token = place.querySelector('[name=csrf_token]').value
  const [start, stop] = ['start', 'stop'].map(word => place.querySelector(`[data-record="${word}"]`))
  const leaving = event => event.preventDefault()
  let running = null

  const say = word => {
    for (const line of place.querySelectorAll('[data-record-says]')) line.hidden = line.dataset.recordSays !== word
  }
  const fail = error => {
    say('failed')
    if (error.message) place.querySelector('[data-record-says="failed"]').textContent = error.message
  }

  async function record () {
    start.disabled = true
    try {
      const request = crypto.randomUUID()
      const begun = await insist(begin, { csrf_token: token, meeting, request_id: request }, () => say('lost'))
      const sender = new Sender(begun, token, say)
      const [board, mixer] = [new Board(), new Mixer()]
      const mimeType = KINDS.find(kind => MediaRecorder.isTypeSupported(kind))
      const tape = new MediaRecorder(new MediaStream([...board.tracks(), ...mixer.tracks()]), { mimeType, ...BITS })
      running = { begun, sender, board, mixer, tape }
      mixer.hear(sounds())
      tape.addEventListener('dataavailable', ({ data }) => { if (data.size) sender.take(data).catch(fail) })
      tape.addEventListener('stop', finish)
      tape.start(PIECE)
      addEventListener('beforeunload', leaving)
      say('recording')
    } catch (error) { fail(error) }
    show()
  }

  async function finish () {
    const { begun, sender, board, mixer } = running
    board.end()
    mixer.end()
    say('saving')
    try {
      await sender.last
      const body = new FormData()
      body.append('csrf_token', token)
      const answer = await fetch(begun.end, { method: 'POST', body })
      if (!answer.ok) throw new Refusal('')
      place.querySelector('[data-record-link]').href = begun.desk
      say('saved')
    } catch (error) { fail(error) }
    removeEventListener('beforeunload', leaving)
    running = null
    show()
  }

  function end () { if (running?.tape.state === 'recording') running.tape.stop() }

  function show () {
    start.hidden = Boolean(running)
    stop.hidden = !running
  }

  start.addEventListener('click', record)
  stop.addEventListener('click', end)
  return {
    draw (isIn) {
      place.hidden &&= !isIn
      start.disabled = !isIn
      running?.mixer.hear(sounds())
    },
    end
  }
}
