// The public exports of `chatkit-controllers/widgets`: builders and the types of their results. A builder and
// the type of its result have the same name.
export { Chart } from './chart';
export type { AreaSeries, BarSeries, CurveType, LineSeries, Series, XAxis } from './chart';
export type { AnyComponent, CardAction, Child, Children, Component, Root, WidgetStatus } from './component';
export { Basic, Card, ListView, ListViewItem } from './containers';
export { Badge, Icon, Image } from './content';
export { Button, Checkbox, DatePicker, Label, RadioGroup, Select } from './controls';
export type { RadioOption, SelectOption } from './controls';
export { createElement, Fragment } from './create';
export { Input, Textarea } from './fields';
export type { BuiltInIcon, WidgetIcon } from './icons';
export { Box, Col, Form, Row, Transition } from './layout';
export type { Props, WidgetElement } from './props';
export { Divider, Spacer } from './separators';
export { Table, TableCell, TableRow } from './table';
export { Caption, Markdown, Text, Title } from './text';
export type { Editable } from './text';
export type { Border, Borders, Color, Radius, Spacing, ThemeColor } from './values';
