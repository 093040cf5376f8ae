<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" attr="hilucsLandUse" symbollevels="0">
    <categories>
      <category value="1_PrimaryProduction" symbol="0" label="Primary production" render="true"/>
      <category value="1_1_Agriculture" symbol="0" label="Primary production" render="true"/>
      <category value="1_1_1_CommercialAgriculturalProduction" symbol="0" label="Primary production" render="true"/>
      <category value="1_2_Forestry" symbol="0" label="Primary production" render="true"/>
      <category value="1_3_MiningAndQuarrying" symbol="0" label="Primary production" render="true"/>
      <category value="2_SecondaryProduction" symbol="1" label="Secondary production" render="true"/>
      <category value="2_4_EnergyProduction" symbol="1" label="Secondary production" render="true"/>
      <category value="2_5_OtherIndustry" symbol="1" label="Secondary production" render="true"/>
      <category value="3_TertiaryProduction" symbol="2" label="Tertiary production" render="true"/>
      <category value="3_1_CommercialServices" symbol="2" label="Tertiary production" render="true"/>
      <category value="3_3_CommunityServices" symbol="2" label="Tertiary production" render="true"/>
      <category value="3_4_CulturalEntertainmentAndRecreationalServices" symbol="2" label="Tertiary production" render="true"/>
      <category value="3_4_5_OtherRecreationalServices" symbol="2" label="Tertiary production" render="true"/>
      <category value="3_5_OtherServices" symbol="2" label="Tertiary production" render="true"/>
      <category value="4_TransportNetworksLogisticsAndUtilities" symbol="3" label="Transport and utilities" render="true"/>
      <category value="4_1_TransportNetworks" symbol="3" label="Transport and utilities" render="true"/>
      <category value="4_1_1_RoadTransport" symbol="3" label="Transport and utilities" render="true"/>
      <category value="4_3_Utilities" symbol="3" label="Transport and utilities" render="true"/>
      <category value="5_ResidentialUse" symbol="4" label="Residential use" render="true"/>
      <category value="5_1_PermanentResidentialUse" symbol="4" label="Residential use" render="true"/>
      <category value="5_2_ResidentialUseWithOtherCompatibleUses" symbol="4" label="Residential use" render="true"/>
      <category value="5_3_OtherResidentialUse" symbol="4" label="Residential use" render="true"/>
      <category value="6_OtherUses" symbol="5" label="Other uses" render="true"/>
      <category value="6_1_TransitionalAreas" symbol="5" label="Other uses" render="true"/>
      <category value="6_2_AbandonedAreas" symbol="5" label="Other uses" render="true"/>
      <category value="6_3_NaturalAreasNotInOtherEconomicUse" symbol="5" label="Other uses" render="true"/>
      <category value="6_6_NotKnownUse" symbol="5" label="Other uses" render="true"/>
      <category value="" symbol="6" label="other" render="true"/>
    </categories>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="185,215,122,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="1" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="180,138,201,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="2" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="242,160,160,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="3" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="201,201,201,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="4" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="246,198,103,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="5" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="140,199,161,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
      <symbol name="6" type="fill" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" pass="0" locked="0" enabled="1">
          <prop k="color" v="221,221,221,204"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="0,0,0,255"/>
          <prop k="outline_width" v="0.26"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="outline_style" v="solid"/>
          <prop k="joinstyle" v="round"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
</qgis>
