import type { Annotation } from '../../protocol';
import type { Awaitable } from '../../store';

/** A citation of a file from the model's file search. */
export interface FileCitation {
  type: 'file_citation';
  file_id?: string | undefined;
  filename?: string | undefined;
  /** The position in the text, in characters. */
  index?: number | undefined;
}

/** A citation of a file that the code interpreter created. */
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
  /** How many partial images a generated image has. If given, the client gets the progress with each. */
  partialImages?: number | undefined;
}

/**
 * Converts images and citations of a model into those of a thread. By default images become `data:` URLs,
 * and citations have the title that the model gives. Extend the class to change that.
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
   * Returns the URL under which the page shows an image.
   *
   * @param imageId the same for an image and all its partial images. The third argument, `partialIndex`,
   * counts partial images from 0; it is `undefined` for the image itself.
   */
  base64ImageToUrl(
    ...[, base64]: [imageId: string, base64: string, partialIndex?: number | undefined]
  ): Awaitable<string> {
    return `data:image/png;base64,${base64}`;
  }

  /** Returns the progress of an image, from 0 to 1, for the index of a partial image. */
  partialImageIndexToProgress(partialIndex: number): number {
    return this.partialImages > 0 ? Math.min(1, partialIndex / this.partialImages) : 0;
  }

  /** Returns the annotation for a citation of a file; `null` shows none. */
  fileCitationToAnnotation({ filename, index }: FileCitation): Awaitable<Annotation | null> {
    return fileAnnotation(filename, index);
  }

  /** Returns the annotation for a citation of a file of the code interpreter; `null` shows none. */
  containerFileCitationToAnnotation({
    filename,
    end_index,
  }: ContainerFileCitation): Awaitable<Annotation | null> {
    return fileAnnotation(filename, end_index);
  }

  /** Returns the annotation for a citation of a web page; `null` shows none. */
  urlCitationToAnnotation({ url, title, end_index }: UrlCitation): Awaitable<Annotation | null> {
    return { type: 'annotation', source: { type: 'url', url, title: title ?? url }, index: end_index };
  }
}

function fileAnnotation(filename: string | undefined, index: number | undefined): Annotation | null {
  if (filename === undefined || filename === '') return null;
  return { type: 'annotation', source: { type: 'file', filename, title: filename }, index };
}
