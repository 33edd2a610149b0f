import { z } from 'zod';

export interface Article {
  id: string;
  title: string;
  author: string;
  topics: string[];
  date: string;
  text: string;
}

export const EventDay = z.enum(['Friday', 'Saturday', 'Sunday']);
export interface TownEvent {
  id: string;
  title: string;
  day: z.infer<typeof EventDay>;
  time: string;
  place: string;
  details: string;
}

/** What the paper has printed; a real one asks its search index. */
export const ARTICLES: readonly Article[] = [
  {
    id: 'clock',
    title: 'The town clock is seven minutes fast, and stays so',
    author: 'Rosa Lindqvist',
    topics: ['council', 'transport'],
    date: '2027-03-02',
    text: 'The council voted nine to two to leave the clock alone. Commuters say they would miss their trains otherwise.',
  },
  {
    id: 'otters',
    title: 'Otters move into the old swimming pool',
    author: 'Tomas Berg',
    topics: ['nature', 'sport'],
    date: '2027-03-05',
    text: 'Three otters have lived in the closed pool since January. The swimming club now trains in the lake.',
  },
  {
    id: 'bakery',
    title: 'Night bakery opens at three',
    author: 'Rosa Lindqvist',
    topics: ['food', 'business'],
    date: '2027-03-07',
    text: 'Bakers sell what they bake while they bake it. Taxi drivers were first in the queue, nurses second.',
  },
  {
    id: 'library',
    title: 'The library lends out tools, and silence',
    author: 'Amina Haddad',
    topics: ['culture', 'council'],
    date: '2027-03-09',
    text: 'Drills may be kept for a week. The silent room may be booked by the hour, and is full until May.',
  },
];

export const EVENTS: readonly TownEvent[] = [
  {
    id: 'choir',
    title: 'Open choir',
    day: 'Friday',
    time: '19:00',
    place: 'Town hall',
    details: 'No notes are needed.',
  },
  {
    id: 'repair',
    title: 'Repair café',
    day: 'Saturday',
    time: '10:00',
    place: 'Library',
    details: 'Bring what is broken.',
  },
  {
    id: 'walk',
    title: 'Otter walk',
    day: 'Saturday',
    time: '17:30',
    place: 'Old pool',
    details: 'Quiet shoes, please.',
  },
  {
    id: 'swap',
    title: 'Seedling swap',
    day: 'Sunday',
    time: '11:00',
    place: 'Market',
    details: 'Give two, take two.',
  },
];

export const AUTHORS = [...new Set(ARTICLES.map(({ author }) => author))];
export const TOPICS = [...new Set(ARTICLES.flatMap(({ topics }) => topics))];

export function articlesOf(ids: readonly string[]): Article[] {
  return ARTICLES.filter(({ id }) => ids.includes(id));
}

/** The newest first. */
export function findArticles(words: {
  author?: string | null;
  topic?: string | null;
  text?: string | null;
}): Article[] {
  const { author, topic, text } = words;
  return ARTICLES.filter(
    (article) =>
      (!author || article.author === author) &&
      (!topic || article.topics.includes(topic)) &&
      (!text || `${article.title} ${article.text}`.toLowerCase().includes(text.toLowerCase())),
  ).toReversed();
}
