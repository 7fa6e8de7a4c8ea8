# ruff: noqa: E501
"""The names of the tags that cameras write, by number."""

from PIL._missing import module_attribute

__path__ = []  # see _pulzar.standins


def _named(text):
    return {int(number, 16): name for number, name in (word.split('=') for word in text.split())}


TAGS = _named("""
    000B=ProcessingSoftware 00FE=NewSubfileType 00FF=SubfileType 0100=ImageWidth 0101=ImageLength 0102=BitsPerSample
    0103=Compression 0106=PhotometricInterpretation 0107=Thresholding 0108=CellWidth 0109=CellLength 010A=FillOrder
    010D=DocumentName 010E=ImageDescription 010F=Make 0110=Model 0111=StripOffsets 0112=Orientation 0115=SamplesPerPixel
    0116=RowsPerStrip 0117=StripByteCounts 011A=XResolution 011B=YResolution 011C=PlanarConfiguration 0128=ResolutionUnit
    012D=TransferFunction 0131=Software 0132=DateTime 013B=Artist 013C=HostComputer 013D=Predictor 013E=WhitePoint
    013F=PrimaryChromaticities 0140=ColorMap 0142=TileWidth 0143=TileLength 0144=TileOffsets 0145=TileByteCounts
    0201=JpegIFOffset 0202=JpegIFByteCount 0211=YCbCrCoefficients 0212=YCbCrSubSampling 0213=YCbCrPositioning
    0214=ReferenceBlackWhite 02BC=XMLPacket 4746=Rating 4749=RatingPercent 8298=Copyright 829A=ExposureTime 829D=FNumber
    83BB=IPTCNAA 8649=ImageResources 8769=ExifOffset 8773=InterColorProfile 8822=ExposureProgram
    8824=SpectralSensitivity 8825=GPSInfo 8827=ISOSpeedRatings 8828=OECF 8830=SensitivityType
    8831=StandardOutputSensitivity 8832=RecommendedExposureIndex 9000=ExifVersion 9003=DateTimeOriginal
    9004=DateTimeDigitized 9010=OffsetTime 9011=OffsetTimeOriginal 9012=OffsetTimeDigitized
    9101=ComponentsConfiguration 9102=CompressedBitsPerPixel 9201=ShutterSpeedValue 9202=ApertureValue
    9203=BrightnessValue 9204=ExposureBiasValue 9205=MaxApertureValue 9206=SubjectDistance 9207=MeteringMode
    9208=LightSource 9209=Flash 920A=FocalLength 9214=SubjectLocation 927C=MakerNote 9286=UserComment 9290=SubsecTime
    9291=SubsecTimeOriginal 9292=SubsecTimeDigitized 9C9B=XPTitle 9C9C=XPComment 9C9D=XPAuthor 9C9E=XPKeywords
    9C9F=XPSubject A000=FlashPixVersion A001=ColorSpace A002=ExifImageWidth A003=ExifImageHeight A004=RelatedSoundFile
    A005=ExifInteroperabilityOffset A20B=FlashEnergy A20C=SpatialFrequencyResponse A20E=FocalPlaneXResolution
    A20F=FocalPlaneYResolution A210=FocalPlaneResolutionUnit A214=SubjectLocation A215=ExposureIndex A217=SensingMethod
    A300=FileSource A301=SceneType A302=CFAPattern A401=CustomRendered A402=ExposureMode A403=WhiteBalance
    A404=DigitalZoomRatio A405=FocalLengthIn35mmFilm A406=SceneCaptureType A407=GainControl A408=Contrast
    A409=Saturation A40A=Sharpness A40B=DeviceSettingDescription A40C=SubjectDistanceRange A420=ImageUniqueID
    A430=CameraOwnerName A431=BodySerialNumber A432=LensSpecification A433=LensMake A434=LensModel
    A435=LensSerialNumber A500=Gamma C4A5=PrintImageMatching
""")

GPSTAGS = dict(
    enumerate(
        [
            'GPSVersionID',
            'GPSLatitudeRef',
            'GPSLatitude',
            'GPSLongitudeRef',
            'GPSLongitude',
            'GPSAltitudeRef',
            'GPSAltitude',
            'GPSTimeStamp',
            'GPSSatellites',
            'GPSStatus',
            'GPSMeasureMode',
            'GPSDOP',
            'GPSSpeedRef',
            'GPSSpeed',
            'GPSTrackRef',
            'GPSTrack',
            'GPSImgDirectionRef',
            'GPSImgDirection',
            'GPSMapDatum',
            'GPSDestLatitudeRef',
            'GPSDestLatitude',
            'GPSDestLongitudeRef',
            'GPSDestLongitude',
            'GPSDestBearingRef',
            'GPSDestBearing',
            'GPSDestDistanceRef',
            'GPSDestDistance',
            'GPSProcessingMethod',
            'GPSAreaInformation',
            'GPSDateStamp',
            'GPSDifferential',
            'GPSHPositioningError',
        ]
    )
)


def __getattr__(name):
    return module_attribute('PIL.ExifTags', name)
