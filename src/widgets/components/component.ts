import type { Chart } from './chart';
import type { Basic, Card, ListView, ListViewItem } from './containers';
import type { Badge, Icon, Image } from './content';
import type { Button, Checkbox, DatePicker, Label, RadioGroup, Select } from './controls';
import type { Input, Textarea } from './fields';
import type { Box, Col, Divider, Form, Row, Spacer, Transition } from './layout';
import type { Table, TableCell, TableRow } from './table';
import type { Caption, Markdown, Text, Title } from './text';

/** Any component that may stand inside a root. */
export type Component =
  | Badge
  | Box
  | Button
  | Caption
  | Chart
  | Checkbox
  | Col
  | DatePicker
  | Divider
  | Form
  | Icon
  | Image
  | Input
  | Label
  | Markdown
  | RadioGroup
  | Row
  | Select
  | Spacer
  | Table
  | TableCell
  | TableRow
  | Text
  | Textarea
  | Title
  | Transition;

/** The outermost component of a widget. */
export type Root = Basic | Card | ListView;

/** Whatever a builder can return. */
export type AnyComponent = Component | ListViewItem | Root;
