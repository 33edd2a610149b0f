/* Loaded before an app: its clock is set by messages of the parent process, in milliseconds from the right time. */
const RealDate = Date;
let offset = 0;

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offset);
    else super(...args);
  }

  static now() {
    return RealDate.now() + offset;
  }
};

process.on('message', ({ clock }) => {
  if (clock !== undefined) offset = clock;
});
