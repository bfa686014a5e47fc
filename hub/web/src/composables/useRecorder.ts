/** Records with the microphone and makes a WAV of it: mono, 24 kHz. Where that cannot be, it says why. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { mono, RATE, wavOf } from '../aloud/wav'
import { CLIP_SECONDS_MAX } from './useClips'

export type NoRecording = 'notSecure' | 'noMicrophone' | 'notAllowed' | 'tooShort'
const SECOND_MS = 1_000
/** Less is a slip of the finger. */
const SECONDS_MIN = 0.3

export function useRecorder() {
  const state = ref<'idle' | 'recording' | 'recorded'>('idle')
  const seconds = ref(0)
  const failed = ref<NoRecording | null>(null)
  const wav = shallowRef<Blob | null>(null)
  let recorder: MediaRecorder | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  async function begin(): Promise<void> {
    forget()
    // Browsers give no microphone to pages that could have been changed on their way.
    if (!navigator.mediaDevices || typeof MediaRecorder === 'undefined') { failed.value = 'notSecure'; return }
    let stream: MediaStream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } })
    } catch (error) {
      failed.value = error instanceof DOMException && error.name === 'NotFoundError' ? 'noMicrophone' : 'notAllowed'
      return
    }
    const pieces: Blob[] = []
    const own = new MediaRecorder(stream)
    recorder = own
    own.ondataavailable = event => { if (event.data.size) pieces.push(event.data) }
    own.onstop = () => {
      for (const track of stream.getTracks()) track.stop()
      if (recorder === own) void made(new Blob(pieces, { type: own.mimeType }))
    }
    own.start()
    state.value = 'recording'
    timer = setInterval(() => { seconds.value += 1; if (seconds.value >= CLIP_SECONDS_MAX) stop() }, SECOND_MS)
  }

  async function made(blob: Blob): Promise<void> {
    recorder = null
    try {
      const buffer = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await blob.arrayBuffer())
      if (buffer.duration < SECONDS_MIN) throw new Error('too short')
      const most = CLIP_SECONDS_MAX * RATE
      const channels = Array.from({ length: buffer.numberOfChannels }, (_, n) => buffer.getChannelData(n).subarray(0, most))
      wav.value = new Blob([wavOf(mono(channels))], { type: 'audio/wav' })
      state.value = 'recorded'
    } catch {
      failed.value = 'tooShort'
      state.value = 'idle'
    }
  }

  function stop(): void {
    clearInterval(timer)
    if (recorder?.state === 'recording') recorder.stop()
  }
  function forget(): void {
    stop()
    recorder = null
    seconds.value = 0
    failed.value = null
    wav.value = null
    state.value = 'idle'
  }
  onScopeDispose(forget)
  return { state, seconds, failed, wav, begin, stop, forget }
}
