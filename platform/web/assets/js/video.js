// The picture of a video room. Without it the page still says where one stands and whom to call.
import { ConnectionQuality, DisconnectReason, Room, RoomEvent, Track } from 'livekit-client'
import { offerRecording } from './recorder.js'

const WAIT = 4000 // ms between two questions whether the door is open
const HAPPENS = [
  RoomEvent.TrackSubscribed, RoomEvent.TrackUnsubscribed, RoomEvent.TrackMuted, RoomEvent.TrackUnmuted,
  RoomEvent.TrackUnpublished, RoomEvent.LocalTrackPublished, RoomEvent.LocalTrackUnpublished, RoomEvent.ConnectionStateChanged
]
const INSIDE = ['listening', 'hand', 'speaking']

for (const place of document.querySelectorAll('[data-room]')) openRoom(place)

function openRoom (place) {
  const room = new Room({ adaptiveStream: true, dynacast: true, disconnectOnPageLeave: true })
  const standing = document.querySelector('[data-room-standing]')
  const tiles = place.querySelector('[data-room-tiles]')
  const buttons = new Map([...place.querySelectorAll('[data-room-press]')].map(it => [it.dataset.roomPress, it]))
  const played = new Map() // tracks with what stands for them on the page
  const recording = document.querySelector('[data-recording]')
  const recorder = recording && offerRecording(recording, heard)
  let isSoundOnly = false
  let hasChosen = false // sound or picture, by oneself: then no poor line decides it
  let said = ''
  let isLeaving = false
  let isOut = false // sent out, or the room is closed

  const say = word => {
    said = word
    for (const line of place.querySelectorAll('[data-room-says]')) line.hidden = line.dataset.roomSays !== word
  }

  // Where one stands: told by the page, then asked for.
  const stand = word => {
    if (!standing) return
    standing.dataset.roomStanding = word
    for (const one of standing.querySelectorAll('[data-standing]')) one.hidden = one.dataset.standing !== word
    draw()
  }
  const state = () => standing ? standing.dataset.roomStanding : 'speaking'
  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.stateUrl, { headers: { Accept: 'application/json' } })
      const word = answer.ok ? (await answer.json()).state : answer.status === 404 ? 'closed' : state()
      if (word === 'removed' && state() !== 'removed') return location.reload() // with the reason
      stand(word)
    } catch { /* the line is away: asked again */ }
  }
  const watch = async () => {
    if (!['earlier', 'waiting'].includes(state())) return
    await ask()
    setTimeout(watch, WAIT)
  }

  async function connect () {
    say('connecting')
    isLeaving = false
    try {
      const answer = await fetch(place.dataset.token, { headers: { Accept: 'application/json' } })
      if (!answer.ok) throw new Error(String(answer.status))
      const { address, token } = await answer.json()
      await room.connect(address, token)
      await room.startAudio()
      say('')
    } catch {
      if (standing) await ask()
      say('failed')
    }
    draw()
  }

  // A microphone or a camera that is not given is no end of the meeting.
  async function turn (device) {
    const me = room.localParticipant
    try {
      if (device === 'microphone') await me.setMicrophoneEnabled(!me.isMicrophoneEnabled)
      else await me.setCameraEnabled(!me.isCameraEnabled)
      say('')
    } catch { say('device') }
    draw()
  }

  function hearOnly (only) {
    isSoundOnly = only
    for (const person of room.remoteParticipants.values()) {
      for (const it of person.trackPublications.values()) if (it.kind === Track.Kind.Video) it.setSubscribed(!only)
    }
    draw()
  }

  // What is seen and heard, as the room holds it now: drawn anew after whatever happens there.
  function arrange () {
    const wanted = new Map()
    for (const person of [room.localParticipant, ...room.remoteParticipants.values()]) {
      for (const it of person.trackPublications.values()) {
        if (it.track && it.isSubscribed && !it.isMuted && isPlayed(it.kind, person)) wanted.set(it.track, person)
      }
    }
    for (const [track, media] of played) if (!wanted.has(track)) stop(track, media)
    for (const [track, person] of wanted) if (!played.has(track)) play(track, person)
  }
  const isPlayed = (kind, person) => kind === Track.Kind.Video
    ? !isSoundOnly || person === room.localParticipant
    : person !== room.localParticipant

  function play (track, person) {
    const media = track.attach()
    let place = media
    if (track.kind === Track.Kind.Video) {
      const name = document.createElement('figcaption')
      name.textContent = person.name
      place = document.createElement('figure')
      place.append(media, name)
    }
    tiles.append(place)
    played.set(track, place)
  }
  function stop (track, place) {
    track.detach()
    place.remove()
    played.delete(track)
  }

  // All sounds of the room, one's own among them.
  function heard () {
    return [room.localParticipant, ...room.remoteParticipants.values()]
      .flatMap(person => [...person.trackPublications.values()])
      .filter(it => it.kind === Track.Kind.Audio && it.track && !it.isMuted)
      .map(it => it.track.mediaStreamTrack)
  }

  function press (word, isThere, isOn = false) {
    const button = buttons.get(word)
    if (!button) return
    button.hidden = !isThere
    if (!button.dataset.other) return
    button.dataset.first ||= button.textContent
    button.textContent = isOn ? button.dataset.other : button.dataset.first
  }
  function draw () {
    arrange()
    const me = room.localParticipant
    const isIn = room.state === 'connected'
    const maySpeak = isIn && Boolean(me.permissions?.canPublish)
    place.querySelector('[data-room-buttons]').hidden = false
    press('join', room.state === 'disconnected' && INSIDE.includes(state()))
    press('microphone', maySpeak, me.isMicrophoneEnabled)
    press('camera', maySpeak, me.isCameraEnabled)
    press('sound', isIn, isSoundOnly)
    press('leave', isIn)
    place.querySelector('[data-room-empty]').hidden = !isIn || Boolean(tiles.querySelector('figure'))
    place.dataset.connection = room.state
    recorder?.draw(isIn)
  }

  // The end of a turn comes with who speaks; the page counts down.
  function count () {
    const ends = room.state === 'connected'
      ? [room.localParticipant, ...room.remoteParticipants.values()].map(it => Date.parse(it.metadata)).filter(Boolean)
      : []
    const line = place.querySelector('[data-room-turn]')
    line.hidden = !ends.length
    if (!ends.length) return
    const left = Math.max(0, Math.round((Math.max(...ends) - Date.now()) / 1000))
    line.querySelector('[data-room-clock]').textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  }

  room
    .on(RoomEvent.TrackPublished, it => { if (isSoundOnly && it.kind === Track.Kind.Video) it.setSubscribed(false) })
    .on(RoomEvent.ParticipantPermissionsChanged, () => { if (standing) ask() })
    .on(RoomEvent.ConnectionQualityChanged, (quality, person) => {
      if (person !== room.localParticipant || isSoundOnly) return
      const isPoor = [ConnectionQuality.Poor, ConnectionQuality.Lost].includes(quality)
      if (!isPoor) { if (said === 'poor') say('') } else if (hasChosen) say('poor')
      else { hearOnly(true); say('slow') }
    })
    .on(RoomEvent.Reconnecting, () => say('again'))
    .on(RoomEvent.Reconnected, () => say(''))
    .on(RoomEvent.Disconnected, reason => {
      isOut = [DisconnectReason.ROOM_DELETED, DisconnectReason.PARTICIPANT_REMOVED].includes(reason)
      recorder?.end()
      say(isLeaving ? 'left' : isOut ? '' : 'failed')
      if (standing) ask()
      draw()
    })
  for (const event of HAPPENS) room.on(event, () => setTimeout(draw)) // once the room holds it

  const acts = {
    join: connect,
    microphone: () => turn('microphone'),
    camera: () => turn('camera'),
    sound: () => { hasChosen = true; say(''); hearOnly(!isSoundOnly) },
    leave: () => { isLeaving = true; room.disconnect() }
  }
  for (const [word, button] of buttons) button.addEventListener('click', acts[word])

  // A hand is a form; sent from here, the picture stays.
  for (const form of document.querySelectorAll('[data-room-hand]')) {
    form.addEventListener('submit', async event => {
      event.preventDefault()
      try { await fetch(form.action, { method: 'POST', body: new FormData(form) }) } finally { await ask() }
    })
  }
  // The video server hears of a decision a moment before it is written down: ask until both agree.
  const isAtOdds = () => room.state === 'connected'
    ? Boolean(room.localParticipant.permissions?.canPublish) !== (state() === 'speaking')
    : isOut && INSIDE.includes(state())
  setInterval(() => {
    count()
    draw()
    if (standing && isAtOdds()) ask()
  }, 1000)
  draw()
  if (standing) watch()
}
