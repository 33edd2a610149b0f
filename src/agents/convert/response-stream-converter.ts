import type { Annotation } from '../../protocol';
import type { Awaitable } from '../../store';

/** A citation of a file that the model searched. */
export interface FileCitation {
  type: 'file_citation';
  file_id?: string | undefined;
  filename?: string | undefined;
  /** Where in the text, in characters. */
  index?: number | undefined;
}

/** A citation of a file that the code interpreter made. */
export interface ContainerFileCitation {
  type: 'container_file_citation';
  container_id?: string | undefined;
  file_id?: string | undefined;
  filename?: string | undefined;
  start_index?: number | undefined;
  end_index?: number | undefined;
}

/** A citation of a web page. */
export interface UrlCitation {
  type: 'url_citation';
  url: string;
  title?: string | undefined;
  start_index?: number | undefined;
  end_index?: number | undefined;
}

/** Options of {@link ResponseStreamConverter}. */
export interface ResponseStreamConverterOptions {
  /** How many partial images a generated image has: with it, each tells its progress. */
  partialImages?: number | undefined;
}

/**
 * How images and citations of a model become those of a thread. Extend it where the defaults do not fit:
 * images as `data:` URLs, citations with the title that the model gives.
 *
 * @example
 * class StoredImages extends ResponseStreamConverter {
 *   override async base64ImageToUrl(imageId: string, base64: string) {
 *     return bucket.put(`${imageId}.png`, Buffer.from(base64, 'base64'));
 *   }
 * }
 */
export class ResponseStreamConverter {
  private readonly partialImages: number;

  constructor(options: ResponseStreamConverterOptions = {}) {
    this.partialImages = options.partialImages ?? 0;
  }

  /**
   * The URL under which the page shows an image.
   *
   * @param imageId stays the same from the first partial image to the last. The third argument, `partialIndex`,
   * counts partial images from 0; it is `undefined` for the image itself.
   */
  base64ImageToUrl(
    ...[, base64]: [imageId: string, base64: string, partialIndex?: number | undefined]
  ): Awaitable<string> {
    return `data:image/png;base64,${base64}`;
  }

  /** How far an image has come, from 0 to 1, by the index of a partial image. */
  partialImageIndexToProgress(partialIndex: number): number {
    return this.partialImages > 0 ? Math.min(1, partialIndex / this.partialImages) : 0;
  }

  /** The annotation for a citation of a file; `null` shows none. */
  fileCitationToAnnotation({ filename, index }: FileCitation): Awaitable<Annotation | null> {
    return fileAnnotation(filename, index);
  }

  /** The annotation for a citation of a file of the code interpreter; `null` shows none. */
  containerFileCitationToAnnotation({
    filename,
    end_index,
  }: ContainerFileCitation): Awaitable<Annotation | null> {
    return fileAnnotation(filename, end_index);
  }

  /** The annotation for a citation of a web page; `null` shows none. */
  urlCitationToAnnotation({ url, title, end_index }: UrlCitation): Awaitable<Annotation | null> {
    return { type: 'annotation', source: { type: 'url', url, title: title ?? url }, index: end_index };
  }
}

function fileAnnotation(filename: string | undefined, index: number | undefined): Annotation | null {
  if (filename === undefined || filename === '') return null;
  return { type: 'annotation', source: { type: 'file', filename, title: filename }, index };
}
