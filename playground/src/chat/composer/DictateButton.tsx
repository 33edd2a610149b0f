import { Mic, Square } from 'lucide-react';
import { useRef, useState } from 'react';
import { useWorkspace } from '../../state/contexts';
import { problemOf } from '../../state/problem';
import { IconButton } from '../../ui/Button';

/** Records the user's voice; the server transcribes it. */
export function DictateButton() {
  const { client, chat, draft } = useWorkspace();
  const recorder = useRef<MediaRecorder | undefined>(undefined);
  const [phase, setPhase] = useState<'idle' | 'recording' | 'writing'>('idle');
  const begin = async (): Promise<void> => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const chunks: Blob[] = [];
      const recording = new MediaRecorder(stream);
      recording.ondataavailable = ({ data }) => chunks.push(data);
      recording.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        void transcribe(new Blob(chunks, { type: recording.mimeType }));
      };
      recorder.current = recording;
      recording.start();
      setPhase('recording');
    } catch (error) {
      chat.change({ problem: problemOf(error) });
    }
  };
  const transcribe = async (blob: Blob): Promise<void> => {
    setPhase('writing');
    try {
      const { text } = await client.transcribe(blob);
      draft.update((each) => ({ ...each, text: [each.text, text].filter((part) => part !== '').join(' ') }));
    } catch (error) {
      chat.change({ problem: problemOf(error) });
    } finally {
      setPhase('idle');
    }
  };
  const isRecording = phase === 'recording';
  return (
    <IconButton
      icon={isRecording ? Square : Mic}
      label={isRecording ? 'End dictation' : phase === 'writing' ? 'Writing it down…' : 'Dictate'}
      disabled={phase === 'writing' || typeof MediaRecorder === 'undefined'}
      className={isRecording ? 'recording' : ''}
      onClick={() => (isRecording ? recorder.current?.stop() : void begin())}
    />
  );
}
