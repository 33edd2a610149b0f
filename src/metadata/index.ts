export {
  classTransformer,
  classValidator,
  classValidatorJsonSchema,
  missingClassLibraries,
} from './class-libraries';
export type {
  ConstraintMetadata,
  TransformParams,
  ValidationArguments,
  ValidationMetadata,
} from './class-libraries';
export type {
  Class,
  Container,
  ContainerFunction,
  Filter,
  FilterFunction,
  FilterLike,
  GetContainer,
  Guard,
  GuardFunction,
  GuardLike,
  InjectableClass,
  Interceptor,
  InterceptorFunction,
  InterceptorLike,
  PayloadType,
  ResolveContainer,
} from './contracts';
export type { HandlerDefinition } from './definitions';
export { controllerPrefix, handlerMethod, patternsOf } from './handler-names';
export type { HandlerMethod } from './handler-names';
export type { Injected } from './injected';
export { CLASS_METADATA, METHOD_METADATA, STARTUP_PROBLEMS } from './keys';
export type { SelfChecking } from './self-checking';
export { isClass, isPayloadType, isStandardSchema, isWrittenAsClass } from './kinds';
export { methodLayers, methodNames, prototypesOf } from './method-layers';
export type { MethodLayer } from './method-layers';
export type { ClassMetadata, HandlerDeclaration, HandlerKind, MethodMetadata, ParamSource } from './models';
export { changeClassMetadata, changeMethodMetadata, classMetadata, methodMetadata } from './own-metadata';
export type { AnyFunction } from './own-metadata';
