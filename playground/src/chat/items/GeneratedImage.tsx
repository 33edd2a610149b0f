import type { GeneratedImageItem } from 'chatkit-controllers/client';
import { useChat } from '../../state/contexts';
import { ContentImage } from '../../ui/ContentImage';

/** A generated image, or the progress of its generation. */
export function GeneratedImage({ item }: { item: GeneratedImageItem }) {
  const { thread } = useChat();
  const progress = thread.imageProgress[item.id];
  const percent = progress === undefined ? undefined : Math.round(Math.min(Math.max(progress, 0), 1) * 100);
  return (
    <figure className="generated-image">
      {item.image === undefined ? (
        <div className="image-blank shimmer-box" />
      ) : (
        <ContentImage src={item.image.url} alt="Generated image" />
      )}
      {(percent !== undefined || item.image === undefined) && (
        <figcaption>
          <progress max={100} value={percent} aria-label="Progress of the image" />
          {percent === undefined ? 'The image is being made' : `${String(percent)} %`}
        </figcaption>
      )}
    </figure>
  );
}
