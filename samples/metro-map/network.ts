export interface Station {
  id: string;
  name: string;
  about: string;
  /** Where the page draws it. */
  x: number;
  y: number;
}

export interface Line {
  id: string;
  name: string;
  colour: string;
  /** From the first stop to the last. */
  stops: string[];
}

export const ENDS = ['first', 'last'] as const;
export type End = (typeof ENDS)[number];

/** The network that all users plan together; a real one asks its database. */
export class Network {
  readonly stations: Station[] = [
    { id: 'quay', name: 'Old Quay', about: 'Ferries, gulls and fried fish', x: 1, y: 3 },
    { id: 'market', name: 'Market Hall', about: 'Everything edible, until noon', x: 2, y: 3 },
    { id: 'mint', name: 'Mint Bridge', about: 'Where two rivers and three lines meet', x: 3, y: 3 },
    { id: 'works', name: 'Glass Works', about: 'Furnaces by day, concerts by night', x: 4, y: 3 },
    { id: 'hill', name: 'Chapel Hill', about: 'A steep way up, and the whole town below', x: 3, y: 2 },
    { id: 'farm', name: 'Wind Farm', about: 'The last stop before the sea', x: 3, y: 1 },
    { id: 'baths', name: 'River Baths', about: 'Cold water, warm stones', x: 4, y: 4 },
    { id: 'campus', name: 'Campus', about: 'Students, bicycles, late buses', x: 2, y: 2 },
  ];

  readonly lines: Line[] = [
    { id: 'amber', name: 'Amber Line', colour: '#d98a00', stops: ['quay', 'market', 'mint', 'works'] },
    { id: 'teal', name: 'Teal Line', colour: '#00877a', stops: ['farm', 'hill', 'mint', 'baths'] },
    { id: 'plum', name: 'Plum Line', colour: '#8a3ab9', stops: ['campus', 'mint'] },
  ];

  station(id: string): Station | undefined {
    return this.stations.find((each) => each.id === id);
  }

  line(id: string): Line | undefined {
    return this.lines.find((each) => each.id === id);
  }

  /** The stations of a shortest way, both ends included; none where there is no way. */
  route(from: string, to: string): Station[] {
    const ways = [[from]];
    const seen = new Set([from]);
    for (const way of ways) {
      const at = way.at(-1)!;
      if (at === to) return way.flatMap((id) => this.station(id) ?? []);
      for (const next of this.besides(at)) {
        if (!seen.has(next)) ways.push([...way, next]); // the loop comes to it
        seen.add(next);
      }
    }
    return [];
  }

  add(name: string, { stops }: Line, end: End): Station {
    const [edge, inner] = (end === 'first' ? stops : stops.toReversed()).flatMap(
      (id) => this.station(id) ?? [],
    );
    const { x, y } = edge!;
    const station = {
      id: `new_${String(this.stations.length)}`,
      name,
      about: 'Just opened',
      x: 2 * x - inner!.x,
      y: 2 * y - inner!.y,
    };
    this.stations.push(station);
    if (end === 'first') stops.unshift(station.id);
    else stops.push(station.id);
    return station;
  }

  private besides(id: string): string[] {
    return this.lines.flatMap(({ stops }) => {
      const at = stops.indexOf(id);
      return at === -1 ? [] : [stops[at - 1], stops[at + 1]].filter((stop) => stop !== undefined);
    });
  }
}
