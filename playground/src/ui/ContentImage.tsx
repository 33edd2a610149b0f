import { ImageOff } from 'lucide-react';
import { useContext, useState, type CSSProperties } from 'react';
import { ConfigContext } from '../state/contexts';

interface ContentImageProps {
  src: string;
  alt: string;
  style?: CSSProperties | undefined;
  className?: string | undefined;
}

/** An image in content. It is loaded only from hosts that the playground's options allow. */
export function ContentImage({ src, alt, style, className }: ContentImageProps) {
  const config = useContext(ConfigContext);
  const [failed, setFailed] = useState<string | undefined>(undefined);
  // Widgets are not validated here, so `src` may be missing.
  if (typeof (src as unknown) !== 'string' || src === '') {
    return <Blocked host="no src" alt={alt} style={style} reason="did not load" />;
  }
  const host = foreignHost(src, config?.images ?? [], config?.api);
  if (host !== undefined) return <Blocked host={host} alt={alt} style={style} />;
  if (failed === src) return <Blocked host={shortened(src)} alt={alt} style={style} reason="did not load" />;
  return (
    <img
      src={src}
      alt={alt}
      style={style}
      className={className}
      loading="lazy"
      onError={() => setFailed(src)}
    />
  );
}

/** The host of an image that must not be loaded; undefined if it is allowed. */
export function foreignHost(
  src: string,
  allowed: readonly string[],
  api: string | undefined,
): string | undefined {
  if (/^(?:data:image\/|blob:)/i.test(src)) return undefined;
  if (!URL.canParse(src, document.baseURI)) return shortened(src);
  const { origin, hostname, protocol } = new URL(src, document.baseURI);
  if (origin === location.origin) return undefined;
  if (protocol !== 'https:' && protocol !== 'http:') return shortened(src);
  if (api !== undefined && URL.canParse(api) && new URL(api).origin === origin) return undefined;
  const known = allowed.some((name) =>
    name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : name === hostname,
  );
  return known ? undefined : hostname;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function Blocked({
  host,
  alt,
  style,
  reason = 'not allowed',
}: {
  host: string;
  alt: string;
  style: CSSProperties | undefined;
  reason?: string;
}) {
  return (
    <span
      className="blocked-image"
      role="img"
      aria-label={`${alt === '' ? 'Image' : alt} (from ${host}, ${reason})`}
      title={reason === 'not allowed' ? `Allow it: playground({ images: ['${host}'] })` : host}
      style={style}
    >
      <ImageOff size={16} aria-hidden />
      <span aria-hidden>{host}</span>
    </span>
  );
}
